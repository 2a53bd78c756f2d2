import type { Value } from './staged-row.ts'

/** Why a value is refused, without the value itself, so that equal reasons are counted together. */
export interface Refusal {
  readonly reason: string
}

export const isRefusal = (value: Value | Refusal): value is Refusal => typeof value === 'object' && value !== null

const refusals = new Map<string, Refusal>()
/** One object per reason: a batch may be refused a million times. */
export function refusal(reason: string): Refusal {
  let found = refusals.get(reason)
  if (found === undefined) {
    found = { reason }
    if (refusals.size < 1000) refusals.set(reason, found)
  }
  return found
}

/** A value for people to look at. */
export const shorten = (text: string, most = 60): string => {
  const plain = text.replace(/[\u0000-\u001f\u007f]+/g, ' ')
  return plain.length <= most ? plain : `${plain.slice(0, most - 1)}…`
}

/** Parts of a long text keep the whole of it in memory; what is kept for longer is copied out of it. */
export const copied = (text: string): string => (text.length < 13 ? text : Buffer.from(text, 'utf8').toString('utf8'))

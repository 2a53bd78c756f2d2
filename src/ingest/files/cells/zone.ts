import { isZone } from '../../../kernel/period.ts'
import type { Refusal } from '../../record/refusal.ts'
import type { Value } from '../../record/staged-row.ts'
import { isNothingWord } from './cell.ts'
import { refusal } from '../../record/refusal.ts'
import { zoneIndex, zoneKey } from './zone-names.ts'

const CURE = 'write its IANA name, such as America/New_York or Europe/Berlin'
const ABBREVIATION = refusal(`is an abbreviation, which several zones share or which leaves out summer time: ${CURE}`)
const PART_OFFSET = refusal(`is a distance from UTC that no zone keeps all year: ${CURE}`)

let known: ReadonlyMap<string, string> | undefined

/** The distance of two words: letters left out, put in, changed or swapped; more than 2 is 3. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3
  let [before, row] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min((row[j] ?? 9) + 1, (next[j - 1] ?? 9) + 1, (row[j - 1] ?? 9) + change)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] ?? 9) + 1)
      next.push(least)
    }
    ;[before, row] = [row, next]
  }
  return Math.min(3, row[b.length] ?? 3)
}

/** The one zone that is a slip away from what was written; null where several are, or none. */
function nearest(key: string, index: ReadonlyMap<string, string>): string | null {
  const near = [...index]
    .map(([name, zone]) => ({ zone, away: distance(key, name) }))
    .filter(({ away }) => away <= 2)
    .sort((a, b) => a.away - b.away)
  const [first] = near
  return first !== undefined && near.every(({ zone, away }) => zone === first.zone || away > first.away) ? first.zone : null
}

/** "UTC+2" and "GMT-05:00" are zones of their own, without summer time. */
function fixedOffset(text: string): string | Refusal | null {
  const match = /^(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(text)
  if (match === null) return null
  const [, sign, hours = '', minutes = '00'] = match
  if (minutes !== '00' || Number(hours) > (sign === '+' ? 14 : 12)) return PART_OFFSET
  return Number(hours) === 0 ? 'UTC' : `Etc/GMT${sign === '+' ? '-' : '+'}${Number(hours)}`
}

/**
 * A time zone as its IANA name. Names of Rails (Zendesk writes them) and of Windows are understood, "(GMT-05:00)" before them
 * left out, and so are cities that name one zone. A name that is none is refused: another zone is another number.
 */
export function readZone(cell: string): Value | Refusal {
  if (isNothingWord(cell)) return null
  const offset = fixedOffset(cell)
  if (offset !== null) return offset
  const name = cell.replace(/^\((?:UTC|GMT)[^)]*\)\s*/i, '')
  // Fixed to one side of summer time, though people who write them mean the zone with both.
  if (/^(?:EST|MST|HST)$/i.test(name)) return ABBREVIATION
  known ??= zoneIndex()
  const found = known.get(zoneKey(name)) ?? known.get(zoneKey(name.split(',')[0] ?? ''))
  if (found !== undefined) return found
  if (/^(?:CET|EET|WET|MET)$/.test(name)) return name
  if (/^[A-Za-z]{1,4}$/.test(name)) return ABBREVIATION
  if (/^[A-Z]/.test(name) && !/\s/.test(name) && isZone(name)) return name
  const guess = nearest(zoneKey(name), known)
  return refusal(guess === null ? `is no time zone: ${CURE}` : `is no time zone: ${CURE}; is it ${guess}?`)
}

import { notFound } from '../../kernel/errors.ts'
import type { Day } from '../../kernel/period.ts'
import { addMonths, dayOf } from '../../kernel/period.ts'
import { kindOf, readOwnSignal } from '../own/own-signal.ts'
import type { SignClass } from '../sign.ts'
import { SIGNS } from '../signs.ts'
import type { TodaySources } from '../today/sources.ts'

/** A kind of signal as people read of it. */
export interface SignalKind {
  readonly kind: string
  readonly name: string
  readonly says: string
  readonly class: SignClass
  readonly expires: number
  readonly is_instant: boolean
  /** Id of the signal that the team made; null for kinds of the product. */
  readonly own: string | null
  readonly rule: string | null
  readonly is_on: boolean
  readonly open: number
  /** In the last year. */
  readonly raised: number
}

/** Every kind, those of the product first. */
export async function listKinds(sources: TodaySources): Promise<SignalKind[]> {
  const { time_zone } = await sources.books.settings()
  const since: Day = addMonths(dayOf(sources.books.clock.now(), time_zone), -12)
  const [own, counts] = await Promise.all([sources.own.readAllInForce(), sources.countByKind(since)])
  const countOf = (kind: string): Pick<SignalKind, 'open' | 'raised'> => {
    const { open = 0, raised = 0 } = counts.find((count) => count.kind === kind) ?? {}
    return { open, raised }
  }
  const ofProduct = SIGNS.map(({ id, name, says, class: of, expires, instant = false }) => ({
    kind: id,
    name,
    says,
    class: of,
    expires,
    is_instant: instant,
    own: null,
    rule: null,
    is_on: true,
    ...countOf(id),
  }))
  const made = own.map((version) => {
    const { name, says, class: of, expires, rule, is_on } = readOwnSignal(version)
    const kind = kindOf(version.id)
    return { kind, name, says, class: of, expires, is_instant: false, own: version.id, rule, is_on, ...countOf(kind) }
  })
  return [...ofProduct, ...made]
}

/** Throws `not_found`. */
export async function findKind(sources: TodaySources, kind: string): Promise<SignalKind> {
  const found = (await listKinds(sources)).find((one) => one.kind === kind)
  if (found === undefined) throw notFound('kind of signal', kind, 'List the kinds to see their ids.')
  return found
}

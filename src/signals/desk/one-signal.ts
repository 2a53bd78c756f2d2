import type { Asking } from '../../books/ask.ts'
import type { Evidence as Pages } from '../../books/evidence.ts'
import { askFactsOf } from '../../books/evidence.ts'
import { FACTS } from '../../facts/facts.ts'
import type { Day } from '../../kernel/period.ts'
import { addDays, dayOf } from '../../kernel/period.ts'
import { formatDay } from '../../kernel/words/days.ts'
import { LONGEST_LIFE, kindOf, readOwnSignal } from '../own/own-signal.ts'
import { signById } from '../signs.ts'
import type { KeptSignal, KeptSkip, TodaySources } from '../today/sources.ts'
import { openDesk } from '../today/today.ts'
import type { Desk } from '../today/today.ts'
import type { LearntFact } from './learnt-since.ts'
import { learntSince } from './learnt-since.ts'
import type { ListedSignal } from './list-signals.ts'
import { describe } from './list-signals.ts'

/** A signal down to the facts that it was read from, and what was learnt since. */
export interface SignalOpened extends ListedSignal {
  readonly says: string
  readonly expires_on: Day
  /** Of one that was withdrawn because facts behind it were late or wrong. */
  readonly message: string | null
  readonly facts: Pages['sections']
  readonly learnt: readonly LearntFact[]
  readonly skips: readonly KeptSkip[]
}

interface KindFacts {
  readonly says: string
  readonly expires: number
  readonly opens: readonly { readonly fact: string; readonly days?: number }[]
}

async function kindFacts(sources: TodaySources, kind: string): Promise<KindFacts> {
  const sign = signById(kind)
  if (sign !== undefined) return sign
  const own = (await sources.own.readAllInForce()).find(({ id }) => kindOf(id) === kind)
  if (own === undefined) return { says: '', expires: LONGEST_LIFE, opens: [] }
  const { says, expires, rule } = readOwnSignal(own)
  return { says: says === '' ? rule : says, expires, opens: [] }
}

/** Ids of rows that stand in the evidence. */
const idsIn = ({ evidence }: KeptSignal): string[] => Object.values(evidence).filter((value) => typeof value === 'string')

/** Facts that are named by the evidence come first; where none is, all of the kinds that it is read from. */
const behind = (signal: KeptSignal, learnt: readonly LearntFact[]): readonly LearntFact[] => {
  const ids = idsIn(signal)
  const named = learnt.filter(({ source_id }) => ids.includes(source_id))
  return named.length > 0 ? named : learnt
}

/** As many facts as a message names. */
const NAMED = 3

/** "Raised on what we knew on 26 Jul 2025, withdrawn on 7 Aug 2025: invoice I0088 was paid on 14 Jul 2025, recorded on 7 Aug 2025." */
export function withdrawal(signal: KeptSignal, learnt: readonly LearntFact[], zone: string): string | null {
  const withdrawn = signal.close_reason === 'corrected' ? signal.closed_on : signal.ground_lost_on
  if (withdrawn === null) return null
  const said = signal.close_reason === 'corrected' ? 'withdrawn' : 'found on late data'
  const named = behind(signal, learnt)
    .slice(0, NAMED)
    .map(({ says, recorded_at }) => `${says}, recorded on ${formatDay(dayOf(new Date(recorded_at), zone))}`)
  const why = signal.close_note ?? (named.length === 0 ? 'a fact behind it was late, wrong or deleted' : named.join('; '))
  return `Raised on what we knew on ${formatDay(signal.raised_on)}, ${said} on ${formatDay(withdrawn)}: ${why}.`
}

async function readFactsBehind(sources: TodaySources, asking: Asking, signal: KeptSignal, opens: KindFacts['opens']): Promise<Pages['sections']> {
  const ids = new Set(idsIn(signal))
  return askFactsOf(
    sources.books,
    asking,
    signal.account_id,
    opens.map(({ fact, days }) => ({
      fact,
      from: days === undefined ? null : addDays(signal.raised_on, 1 - days),
      until: addDays(signal.raised_on, 1),
      ids: [...ids],
    })),
    signal.known_until,
  )
}

/** Throws `not_found`. */
export async function askSignal(sources: TodaySources, asking: Asking, id: string): Promise<{ desk: Desk; opened: SignalOpened }> {
  const [desk, signal] = await Promise.all([openDesk(sources, asking), sources.readSignal(id)])
  const [[listed], kind, skips] = await Promise.all([describe(sources, desk, [signal]), kindFacts(sources, signal.kind), sources.skipsOf([id])])
  if (listed === undefined) throw new Error(`the signal ${id} was not described`)
  const until = signal.closed_at ?? sources.books.clock.now().toISOString()
  const kinds = kind.opens.length === 0 ? FACTS.filter(({ about }) => about !== 'use').map((fact) => fact.id) : kind.opens.map(({ fact }) => fact)
  const [facts, learnt] = await Promise.all([
    readFactsBehind(sources, asking, signal, kind.opens),
    learntSince(desk.book, { account: signal.account_id, since: signal.known_until, until, day: signal.raised_on }, kinds),
  ])
  const zone = desk.book.settings.time_zone
  return {
    desk,
    opened: {
      ...listed,
      says: kind.says,
      expires_on: addDays(signal.raised_on, kind.expires),
      message: withdrawal(signal, learnt, zone),
      facts,
      learnt,
      skips,
    },
  }
}

import { delaysOf, isBeforeRecords, leadTimeLost } from '../../../src/health/delay.ts'
import { groupBy } from '../../../src/health/group.ts'
import type { AccountHistory } from '../../../src/health/history.ts'
import type { Told } from '../../../src/health/known.ts'
import type { Day } from '../../../src/kernel/period.ts'
import { daysBetween } from '../../../src/kernel/period.ts'
import type { ReplayedSignal } from '../../../src/signals/in-memory.ts'
import { SIGNS } from '../../../src/signals/signs.ts'
import { exactly } from './compare.ts'
import type { Lived } from './lived.ts'
import { isRisk } from './lived.ts'

/** What a version tells of, and when that came about; null where it tells nothing of it yet. */
type Telling = Told<unknown> & { readonly happened_on: Day | null; readonly events: number }

const tellings =
  <T>(of: (history: AccountHistory) => readonly Told<T>[], happened: (told: Told<T>) => Day | null, events: (fact: T) => number = () => 1) =>
  (histories: readonly AccountHistory[]) =>
    histories.flatMap((history) => of(history).map((told): Telling => ({ ...told, happened_on: happened(told), events: events(told.fact) })))

/** Of each file what its rows tell of, and when that came about. */
const KINDS: Readonly<Record<string, (histories: readonly AccountHistory[]) => Telling[]>> = {
  usage_events: tellings(
    ({ use }) => use,
    ({ effective_on }) => effective_on,
    ({ events = 1 }) => events,
  ),
  invoices: tellings(
    ({ invoices }) => invoices,
    ({ fact }) => fact.paid_on,
  ),
  tickets: tellings(
    ({ tickets }) => tickets,
    ({ effective_on }) => effective_on,
  ),
  subscription_versions: tellings(
    ({ terms }) => terms,
    ({ effective_on }) => effective_on,
  ),
  contacts: tellings(
    ({ contacts }) => contacts,
    ({ effective_on }) => effective_on,
  ),
}

interface Late {
  readonly happened: Day
  readonly recorded: Day
  readonly events: number
}

/** Of each fact when it came about and when a version first said so. */
function firstTold(versions: readonly Telling[]): Late[] {
  return [...groupBy(versions, ({ identity }) => identity).values()].flatMap((own) => {
    const first = own.find(({ happened_on }) => happened_on !== null)
    return first === undefined ? [] : [{ happened: first.happened_on as Day, recorded: first.recorded_on, events: first.events }]
  })
}

function delayShown(versions: readonly Telling[]) {
  const late = firstTold(versions)
  const first = late.map(({ recorded }) => recorded).sort()[0] ?? ''
  const facts = late.flatMap(({ happened, recorded, events }) =>
    Array.from({ length: events }, () => ({ delay: daysBetween(happened, recorded), is_history: isBeforeRecords(happened, first) })),
  )
  const told = versions.reduce((sum, { events }) => sum + events, 0)
  const identities = [...groupBy(versions, ({ identity }) => identity).values()].reduce((sum, own) => sum + (own[0]?.events ?? 0), 0)
  return exactly({ ...delaysOf(facts), later_versions: told - identities })
}

export const delaysShown = ({ company: { histories }, asked }: Lived) =>
  exactly(Object.fromEntries(Object.keys(asked.delay).map((file) => [file, delayShown(KINDS[file]?.(histories) ?? [])])))

/** The first signal of risk that was a hit, of one kind or any. */
function firstHit(lived: Lived, signals: readonly ReplayedSignal[], account: string, kind?: string): Day | null {
  const own = signals.filter((signal) => signal.account === account && (kind === undefined ? isRisk(signal) : signal.kind === kind))
  return (
    own
      .filter((signal) => lived.verdictOf(signal) === 'hit')
      .map(({ raised }) => raised)
      .sort()[0] ?? null
  )
}

/** Days of warning that late data cost, by account and by kind of signal. */
export function leadTimeLostShown(lived: Lived) {
  const lostOf = (account: string, kind?: string) => {
    const [decision, raise] = [lived.decisionOf(account), firstHit(lived, lived.ideal.signals, account, kind)]
    return decision === null || raise === null
      ? null
      : leadTimeLost(decision.deadline ?? decision.day, raise, firstHit(lived, lived.told.signals, account, kind))
  }
  const rows = lived.accounts.flatMap((account) => {
    const lost = lostOf(account)
    return lost === null ? [] : [{ account, ...lost }]
  })
  const byKind = lived.accounts.flatMap((account) =>
    SIGNS.filter(({ class: cls }) => cls === 'risk').flatMap(({ id: kind }) => {
      const lost = lostOf(account, kind)
      return lost === null ? [] : [exactly({ account, kind, ...lost })]
    }),
  )
  return exactly({
    rows: rows.map(exactly),
    by_kind: byKind,
    possible: rows.reduce((sum, { possible }) => sum + possible, 0),
    lost: rows.reduce((sum, { lost }) => sum + lost, 0),
  })
}

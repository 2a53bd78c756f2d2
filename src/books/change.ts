import { refuse } from '../kernel/errors.ts'
import { checkPeriod, previous, yearBefore } from '../kernel/period.ts'
import type { Day, Period } from '../kernel/period.ts'
import { SETTINGS, SETTING_KEYS } from '../kernel/settings.ts'
import { readChange } from '../metrics/open/change.ts'
import type { Change, ChangeQuestion } from '../metrics/open/change.ts'
import { leavesOf, settingsOf } from '../metrics/catalogue/leaves.ts'
import { changeSentence, indivisibleWords, sliceLabel, stepWords } from '../metrics/open/change-words.ts'
import type { Result } from '../metrics/kit/result.ts'
import { checkDimension } from '../metrics/ask/dimensions.ts'
import type { Catalogue } from '../metrics/kit/catalogue.ts'
import type { MetricDefinition } from '../metrics/kit/metric.ts'
import type { Book } from '../metrics/kit/book.ts'
import { dimensionsOf, factsOf } from './metric-entries.ts'
import { askKept, sizeOf } from './ask.ts'
import type { Asking, Patience } from './ask.ts'
import type { Books } from './books.ts'
import { checkDivided, readKnown, tellsApart } from './known-dimensions.ts'
import { readBook, readBooksSince } from './read-book.ts'
import { withoutSegments, withSegments } from './segment-filters.ts'
import type { BooksSince, OpenBook } from './read-book.ts'

/** Two ends to be set against each other: two periods as known now, or what a report said and what is known since. */
export interface AskedChange extends Period {
  readonly compare?: 'previous' | 'year' | undefined
  /** Another period to set the asked one against. */
  readonly against_from?: Day | undefined
  readonly against_until?: Day | undefined
  /** The dimension to split the way between the periods over; the first that fits where none is named. */
  readonly by?: string | undefined
  readonly where: readonly string[]
  readonly options: Readonly<Record<string, string>>
  readonly as_of?: Day | undefined
  /** Begins with the earlier period as it was reported then. */
  readonly reported_on?: string | undefined
}

/** The earlier period: one named outright, else the one before or a year before. */
function againstOf({ against_from: from, against_until: until, compare, ...asked }: AskedChange): Period {
  const period = checkPeriod({ from: asked.from, until: asked.until })
  if (from === undefined && until === undefined) return compare === 'year' ? yearBefore(period) : previous(period)
  if (from === undefined || until === undefined)
    throw refuse('bad_period', 'The other period has only one end.', 'Give both against_from and against_until, or neither.')
  const against = checkPeriod({ from, until })
  if (asked.reported_on === undefined && against.from === period.from && against.until === period.until)
    throw refuse('bad_period', 'Both periods are the same.', 'Name another period, or say with reported_on which report of it to begin with.')
  return against
}

/** Dimensions a change could be split over, none where it is computed anew from single values; those of accounts first and each account by itself last. */
function splittingDimensions(metric: MetricDefinition, catalogue: Catalogue, known: readonly string[], has: ReturnType<typeof tellsApart>): string[] {
  if (metric.rollUp === 'none' || metric.rollUp === 'dist' || leavesOf(metric, catalogue).length === 0) return []
  return dimensionsOf(metric, catalogue, { first: known, last: ['account'], has })
}

interface ChangedSetting {
  readonly key: string
  readonly says: string
  readonly was: string
  readonly is: string
}

/** Settings that had another value at the time of the report: those that move the metric; where none of these differs, all that do. */
function changedSettings(metricId: string, was: Book, is: Book): ChangedSetting[] {
  const metric = is.catalogue.byId(metricId)
  const keys = SETTING_KEYS.filter((key) => was.settings[key] !== is.settings[key])
  const moving = settingsOf(metric, is.catalogue)
  const own = keys.filter((key) => moving.includes(key))
  const [before, now] = [was.catalogue.find(metricId)?.composed?.written, metric.composed?.written]
  const written = before === undefined || now === undefined || before.text === now.text ? [] : [{ ...now, was: before.text, is: now.text }]
  const shown = own.length + written.length > 0 ? own : keys
  return [
    ...shown.map((key) => ({ key, says: SETTINGS[key].says, was: was.settings[key], is: is.settings[key] })),
    ...written.map(({ key, says, was: text, is: next }) => ({ key, says, was: text, is: next })),
  ]
}

const endOf = ({ period, value, exact, numerator, denominator, null_reason, missing_rates, flags }: Result) => ({
  period,
  value,
  exact,
  numerator,
  denominator,
  null_reason,
  missing_rates,
  flags,
})

/** Imports that were recorded or taken back since the report and hold facts that the metric rests on. */
async function importsSince({ imports }: Books, instant: string, metric: MetricDefinition, book: Book) {
  const needed = new Set(factsOf(metric, book))
  return (await imports.listChangedSince(instant)).flatMap(({ id, committed_at, undone_at, files }) => {
    const counts = new Map<string, { fact: string; new: number; changed: number }>()
    for (const one of files.flatMap((file) => file.counts)) {
      if (!needed.has(one.fact) || one.new + one.changed === 0) continue
      const sum = counts.get(one.fact) ?? { fact: one.fact, new: 0, changed: 0 }
      counts.set(one.fact, { ...sum, new: sum.new + one.new, changed: sum.changed + one.changed })
    }
    const facts = [...counts.values()]
    const names = files.filter((file) => file.counts.some(({ fact }) => counts.has(fact))).map(({ name }) => name)
    return facts.length === 0 ? [] : [{ id, recorded_at: committed_at, undone_at, files: names, facts }]
  })
}

function toAnswer(metric: MetricDefinition, { by }: ChangeQuestion, change: Change, settings: readonly ChangedSetting[], reported: boolean) {
  const { from, to, slices, names, indivisible } = change
  return {
    metric: metric.id,
    name: metric.name,
    version: metric.version,
    unit: to.unit,
    currency: to.currency,
    better: metric.better,
    from: endOf(from),
    to: endOf(to),
    change: change.change,
    sentence: changeSentence(metric, change, by, reported),
    steps: change.steps.map((step) => ({ kinds: [...step.kinds], ...stepWords(step, by, settings), amount: step.amount })),
    by: slices === null ? null : by,
    parts: (slices?.named ?? []).map(({ key, before, now, effects, amount }) => ({
      key,
      label: sliceLabel(key, names),
      account_id: by === 'account' ? key : null,
      where: `${by ?? ''}=${key}`,
      before,
      now,
      effects: [...effects],
      amount,
    })),
    others: slices?.others ?? null,
    indivisible: indivisible === null ? null : { reason: indivisible, says: indivisibleWords(indivisible, by) },
  }
}

/** Why a number is not what it was. */
export async function askChange(books: Books, asking: Asking, metricId: string, given: AskedChange) {
  const { asked } = await withSegments(books, asking, given)
  const against = againstOf(asked)
  const { asker, signal, seconds } = asking
  const since: BooksSince | null = asked.reported_on === undefined ? null : await readBooksSince(books, asking, asked.reported_on)
  const present = since?.present ?? (await readBook(books, asking))
  const { catalogue } = present.book
  const metric = catalogue.byId(metricId)
  const { dimensions: listed, known } = await readKnown(books, present, { signal })
  const dimensions = splittingDimensions(
    metric,
    catalogue,
    listed.map(({ id }) => id),
    tellsApart(known),
  )
  const divided = { by: asked.by === undefined ? [] : [asked.by], where: withoutSegments(given.where) }
  await checkDivided(books, divided, [metric.id], since?.reported ?? present, { asker, signal })
  if (asked.by !== undefined) checkDimension(metric, asked.by)
  // A dimension that is filtered already has one value left.
  const usual = dimensions.find((dimension) => !asked.where.some((filter) => filter.startsWith(`${dimension}=`)))
  const { from, until, where, options, as_of } = asked
  const question: ChangeQuestion = { period: { from, until }, against, by: asked.by ?? usual ?? null, where, options, as_of }
  const change = await readKept(books, metric, present, since, question, {
    signal,
    seconds,
    size: sizeOf({ ...asked, by: question.by === null ? [] : [question.by] }),
  })
  const settings = since === null ? [] : changedSettings(metric.id, since.reported.book, present.book)
  return {
    ...toAnswer(metric, question, change, settings, since !== null),
    reported_on: since?.instant ?? null,
    dimensions,
    settings,
    imports: since === null ? [] : await importsSince(books, since.instant, metric, present.book),
    freshness: present.freshness,
  }
}

/** The bridge that is kept for these books, or computed now. */
function readKept(
  books: Books,
  metric: MetricDefinition,
  present: OpenBook,
  since: BooksSince | null,
  question: ChangeQuestion,
  patience: Patience,
): Promise<Change> {
  const keys = [present, since?.reported, since?.corrected, since?.complete].map((open) => open?.key ?? '')
  const bring = (book: Book): Promise<Change> => {
    const { store } = book
    const bound = (open: OpenBook): Book => ({ ...open.book, store })
    const way = since === null ? null : { reported: bound(since.reported), corrected: bound(since.corrected), complete: bound(since.complete) }
    return readChange(book, way, metric.id, question)
  }
  return askKept(books.kept.changes, `${metric.id} ${keys.join(' ')} ${JSON.stringify(question)}`, books.lanes, present.book, bring, patience)
}

import type { changeOps } from '../contract/change.ts'
import type { Contract } from '../contract/contract.ts'
import { refuse } from '../kernel/errors.ts'
import { checkPeriod, previous, yearBefore } from '../kernel/period.ts'
import type { Period } from '../kernel/period.ts'
import { SETTINGS, SETTING_KEYS } from '../kernel/settings.ts'
import type { SettingKey, Settings } from '../kernel/settings.ts'
import { metricById } from '../metrics/catalogue/catalog.ts'
import { readChange } from '../metrics/open/change.ts'
import type { Change, ChangeQuestion } from '../metrics/open/change.ts'
import { leavesOf, settingsOf } from '../metrics/catalogue/leaves.ts'
import { changeSentence, indivisibleWords, partLabel, stepWords } from '../metrics/open/change-words.ts'
import type { Result } from '../metrics/kit/result.ts'
import { checkDimension } from '../metrics/ask/dimensions.ts'
import type { MetricDefinition } from '../metrics/kit/metric.ts'
import type { Book } from '../metrics/kit/book.ts'
import { AnswerCache } from './answer-cache.ts'
import { askKept, sizeOf } from './ask.ts'
import { readBook, readBooksSince } from './book.ts'
import type { BooksSince } from './book.ts'
import type { Handler, Handlers } from './handler.ts'
import { checkAsked, knownOf, tellsApart } from './known-dimensions.ts'
import { dimensionsOf, factsOf } from './metric-entries.ts'
import type { ApiParts } from './parts.ts'
import { readOptions } from './questions.ts'

type Asked = Parameters<Handler<Contract['explainChange']>>[0]['query']

const KEPT_ANSWERS = 200

/** The earlier period: one named outright, else the one before or a year before. */
function againstOf({ against_from: from, against_until: until, compare, ...asked }: Asked): Period {
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
function splittingDimensions(metric: MetricDefinition, known: readonly string[], settings: Settings, has: ReturnType<typeof tellsApart>): string[] {
  if (metric.rollUp === 'none' || metric.rollUp === 'dist' || leavesOf(metric, settings).length === 0) return []
  return dimensionsOf(metric, settings, known, ['account'], has)
}

/** Settings that were others then: those that move the metric. */
const changedSettings = (metric: MetricDefinition, was: Settings, is: Settings) => {
  const keys = SETTING_KEYS.filter((key) => was[key] !== is[key])
  const moving = settingsOf(metric, is)
  const own = keys.filter((key) => moving.includes(key))
  return (own.length > 0 ? own : keys).map((key: SettingKey) => ({ key, says: SETTINGS[key].says, was: was[key], is: is[key] }))
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

/** Imports of which something was recorded or taken back since, as far as they hold facts of the metric. */
async function importsSince({ imports }: ApiParts, instant: string, metric: MetricDefinition, settings: Settings) {
  const needed = new Set(factsOf(metric, settings))
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

function toAnswer(metric: MetricDefinition, { by }: ChangeQuestion, change: Change, settings: ReturnType<typeof changedSettings>, reported: boolean) {
  const { from, to, parts, names, indivisible } = change
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
    sentence: changeSentence(metric.name, change, by, reported),
    steps: change.steps.map((step) => ({ kinds: [...step.kinds], ...stepWords(step, by, settings), amount: step.amount })),
    by: parts === null ? null : by,
    parts: (parts?.named ?? []).map(({ key, before, now, effects, amount }) => ({
      key,
      label: partLabel(key, names),
      account_id: by === 'account' ? key : null,
      where: `${by ?? ''}=${key}`,
      before,
      now,
      effects: [...effects],
      amount,
    })),
    others: parts?.others ?? null,
    indivisible: indivisible === null ? null : { reason: indivisible, says: indivisibleWords(indivisible, by) },
  }
}

/** Why a number is not what it was. */
export function changeHandlers(parts: ApiParts): Pick<Handlers<Contract>, keyof typeof changeOps> {
  const cache = new AnswerCache(KEPT_ANSWERS)
  return {
    async explainChange({ params, query }, { signal }) {
      const metric = metricById(params.id)
      const against = againstOf(query)
      const since: BooksSince | null = query.reported_on === undefined ? null : await readBooksSince(parts, query.reported_on, signal)
      const present = since?.present ?? (await readBook(parts, undefined, signal))
      const { dimensions: listed, known } = await knownOf(parts, present, { signal })
      const dimensions = splittingDimensions(
        metric,
        listed.map(({ id }) => id),
        present.book.settings,
        tellsApart(known),
      )
      await checkAsked(parts, { by: query.by === undefined ? [] : [query.by], where: query.where }, [metric.id], since?.reported ?? present, { signal })
      if (query.by !== undefined) checkDimension(metric, query.by)
      // A dimension that is filtered already has one value left.
      const usual = dimensions.find((dimension) => !query.where.some((filter) => filter.startsWith(`${dimension}=`)))
      const question: ChangeQuestion = {
        period: { from: query.from, until: query.until },
        against,
        by: query.by ?? usual ?? null,
        where: query.where,
        options: readOptions(query.option),
        as_of: query.as_of,
      }
      const key = `change ${metric.id} ${[present, since?.reported, since?.corrected, since?.complete].map((book) => book?.key ?? '').join(' ')} ${JSON.stringify(question)}`
      const bring = (book: Book): Promise<Change> => {
        const { store } = book
        const way =
          since === null
            ? null
            : { reported: { ...since.reported.book, store }, corrected: { ...since.corrected.book, store }, complete: { ...since.complete.book, store } }
        return readChange(book, way, metric.id, question)
      }
      const change = await askKept(cache, key, parts.lanes, present.book, bring, {
        signal,
        seconds: query.seconds,
        size: sizeOf({ ...query, by: question.by === null ? [] : [question.by] }),
      })
      const settings = since === null ? [] : changedSettings(metric, since.settings, present.book.settings)
      return {
        ...toAnswer(metric, question, change, settings, since !== null),
        reported_on: since?.instant ?? null,
        dimensions,
        settings,
        imports: since === null ? [] : await importsSince(parts, since.instant, metric, present.book.settings),
        freshness: present.freshness,
      }
    },
  }
}

import type { MetricDefinition } from '../kit/metric.ts'
import type { Change, ChangeStep, StepKind } from './change.ts'
import type { ChangeSlices, Effect, Indivisible } from './change-slices.ts'
import type { Result } from '../kit/result.ts'
import { MINUS, formatNumber, formatValue } from '../../kernel/words/value.ts'
import { reasonLabel } from '../../kernel/words/reasons.ts'
import type { NullReason } from '../../kernel/words/reasons.ts'
import { unitWords } from '../../kernel/words/units.ts'
import type { Unit } from '../../kernel/words/units.ts'

type Measured = Pick<Result, 'unit' | 'currency'>

const counted = (value: number): string => formatNumber('sentence', value, 0, 0)

/** As many digits as it takes to tell two values apart whose difference this is. */
function digitsFor(difference: number, unit: Unit): number {
  const size = Math.abs(unit === 'share' ? difference * 100 : difference)
  const usual = unit === 'share' ? 1 : unit === 'money' && size >= 1000 ? 0 : 2
  return size === 0 || size >= 0.5 * 10 ** -usual ? usual : Math.min(12, Math.ceil(-Math.log10(size)) + 1)
}

/** A value as a sentence says it, no line ending before the sign: "104.1 %", "12,300 USD", "3.25 days". */
const valueWords = (value: number, { unit, currency }: Measured, digits: number): string => formatValue('sentence', value, unit, { currency, digits })

/** The size of a difference: shares differ by points. */
function sizeWords(amount: number, unit: Unit): string {
  const digits = digitsFor(amount, unit)
  return formatNumber('sentence', Math.abs(unit === 'share' ? amount * 100 : amount), unit === 'share' ? digits : 0, digits)
}
const signed = (amount: number, unit: Unit): string => `${amount < 0 ? MINUS : '+'}${sizeWords(amount, unit)}`

/** "segment", "CSM": a dimension inside a sentence. */
const dimensionWords = (by: string | null): string => (by === 'csm' ? 'CSM' : (by ?? 'part').replaceAll('_', ' '))
const pluralOf = (by: string | null): string => {
  const one = dimensionWords(by)
  return one.endsWith('s') ? one : one.endsWith('y') ? `${one.slice(0, -1)}ies` : `${one}s`
}

interface Worded {
  readonly label: string
  readonly says: string
}

/** The label of a step, and what the step means. */
export function stepWords({ kinds }: ChangeStep, by: string | null, settings: readonly { key: string; was: string; is: string }[]): Worded {
  const [first = 'other_period'] = kinds
  if (kinds.length === 1) return wordsOf(first, by, settings)
  const all = kinds.map((kind) => wordsOf(kind, by, settings))
  return {
    label: all.map(({ label }, i) => (i === 0 ? label : label.toLowerCase())).join(' and '),
    says: `${all.map(({ says }) => says).join(' ')} There was no value between them.`,
  }
}

function wordsOf(kind: StepKind, by: string | null, settings: readonly { key: string; was: string; is: string }[]): Worded {
  const [one, many] = [dimensionWords(by), pluralOf(by)]
  const changed = settings.map(({ key, was, is }) => `${key.replaceAll('_', ' ')} was ${was === '' ? 'none' : was}, is ${is === '' ? 'none' : is}.`).join(' ')
  const words: Readonly<Record<StepKind, Worded>> = {
    corrected_rows: { label: 'Corrected rows', says: 'Rows known when it was reported, and changed or taken back since.' },
    late_rows: { label: 'Late rows', says: 'Rows that were recorded only after it was reported.' },
    definition: { label: 'Changed definition', says: `Settings were changed since it was reported: ${changed}` },
    rate: { label: `Within ${many}`, says: `The value of each ${one} changed, at its mean weight of both periods.` },
    mix: {
      label: `Mix of ${many}`,
      says: `Some ${many} weigh more in the denominator than before, others less; each counts by how far it lies from the whole.`,
    },
    changed: { label: 'Changed', says: `Each ${one} that is there in both periods.` },
    entered: { label: 'Entered', says: `Each ${one} that was not there before.` },
    left: { label: 'Left', says: `Each ${one} that is no longer there.` },
    unweighed: {
      label: 'Over the whole',
      says: `Each ${one} that adds to the numerator of a period and has no denominator of its own in it: what it adds, over the denominator of the whole.`,
    },
    other_period: { label: 'Other period', says: 'From one period to the other as a whole.' },
  }
  return words[kind]
}

const REASONS: Readonly<Record<Indivisible, (by: string | null) => string>> = {
  computed_anew: () => 'It is computed from several numbers at once, so what its parts did does not add up to what the whole did.',
  single_values: () => 'It is a middle of single values, which is found anew in each part and does not add up over them.',
  no_dimension: () => 'There is nothing it could be split by.',
  parts_not_additive: (by) => `Its ${pluralOf(by)} do not add up to the whole: something counts in more than one of them, or is told apart only as a whole.`,
  no_value: () => 'One of the periods has no value.',
}
export const indivisibleWords = (reason: Indivisible, by: string | null): string => REASONS[reason](by)

export const sliceLabel = (key: string, names: ReadonlyMap<string, string>): string =>
  key === '(none)' || key === '' ? 'not recorded' : (names.get(key) ?? key)

/** The slice that did most of an effect, in the direction of that effect; null when no slice did half. */
function leader(slices: ChangeSlices | null, kind: StepKind, amount: number): { key: string; heavier: boolean } | null {
  const own = (slices?.named ?? []).map(({ key, effects, before, now }) => ({
    key,
    heavier: (now.share ?? 0) > (before.share ?? 0),
    size: (effects.find((effect) => effect.kind === kind)?.amount ?? 0) * Math.sign(amount),
  }))
  const [first] = own.toSorted((a, b) => b.size - a.size)
  return first === undefined || own.length < 2 || first.size < Math.abs(amount) / 2 ? null : first
}

function causeOf({ kinds, amount }: ChangeStep, { slices, names }: Pick<Change, 'slices' | 'names'>, by: string | null): string {
  const [kind = 'other_period'] = kinds
  const most = leader(slices, kind, amount)
  const mostly = most === null ? '' : `, mostly ${sliceLabel(most.key, names)}`
  const total = slices?.effects.find((effect) => effect.kind === kind)?.slices ?? 0
  // One alone is named instead of counted.
  const alone = total === 1 ? slices?.named.find(({ effects }) => effects.some((effect) => effect.kind === kind)) : undefined
  const those = (does: string): string =>
    alone === undefined ? `${counted(total)} ${pluralOf(by)} ${does}${mostly}` : `${sliceLabel(alone.key, names)}, ${does.replace('that', 'which')}`
  const causes: Readonly<Record<Effect | StepKind, string>> = {
    corrected_rows: 'rows corrected since',
    late_rows: 'rows recorded only since',
    definition: 'settings changed since',
    rate: `${amount < 0 ? 'lower' : 'higher'} values within ${pluralOf(by)}${mostly}`,
    mix: `the mix of ${pluralOf(by)}${mostly}${most === null ? '' : most.heavier ? ', which weighs more' : ', which weighs less'}`,
    changed: those('that changed'),
    entered: those('that entered'),
    left: those('that left'),
    unweighed: those('counted over the whole'),
    other_period: 'one period to the other',
  }
  return kinds.map((one) => causes[one]).join(' and ')
}

const NO_VALUE = (reason: NullReason | null): string => (reason === null ? '' : ` (${reasonLabel(reason)})`)

/**
 * "Net revenue retention fell 2.3 points, from 104.1 % to 101.8 %: −1.8 from lower values within segments, mostly SMB; −0.5 from
 * the mix of segments, mostly SMB, which weighs more."
 */
export function changeSentence({ name, kind }: Pick<MetricDefinition, 'name' | 'kind'>, change: Change, by: string | null, reported: boolean): string {
  const { from, to } = change
  if (from.value === null)
    return `${name} had no value${reported ? ' when it was reported' : ' before'}${NO_VALUE(from.null_reason)}, so there is no difference to explain.`
  if (to.value === null) return `${name} has no value now${NO_VALUE(to.null_reason)}, so there is no difference to explain.`
  const difference = to.value - from.value
  const digits = digitsFor(difference, to.unit)
  const size = `${sizeWords(difference, to.unit)}${to.unit === 'money' && to.currency !== null ? ` ${to.currency}` : (unitWords(to.unit).change ?? '')}`
  const head =
    Math.abs(difference) <= 1e-12 * Math.max(1, Math.abs(to.value))
      ? `${name} is the same, ${valueWords(to.value, to, digits)}`
      : `${name} ${difference < 0 ? 'fell' : 'rose'} ${size}, from ${valueWords(from.value, from, digits)}${reported ? ' as reported' : ''} to ${valueWords(to.value, to, digits)}${reported ? ' now' : ''}`
  // One step that is the whole change says nothing more.
  const steps = change.steps.length === 1 && change.steps[0]?.kinds.at(-1) === 'other_period' ? [] : change.steps
  const unlike = !reported && kind !== 'stock' && to.flags.includes('partial') !== from.flags.includes('partial')
  const warning = unlike
    ? ` ${(to.flags.includes('partial') ? to : from).period.label} is not over: what there is so far is set against a whole period, which says nothing of better or worse.`
    : ''
  return `${head}${steps.length === 0 ? '' : `: ${steps.map((step) => `${signed(step.amount, to.unit)} from ${causeOf(step, change, by)}`).join('; ')}`}.${warning}`
}

import { addMonths } from '../../kernel/period.ts'
import type { Period } from '../../kernel/period.ts'
import type { Settings } from '../../kernel/settings.ts'
import { isSteps, mapSteps } from '../../kernel/steps.ts'
import type { Steps } from '../../kernel/steps.ts'
import type { NullReason } from '../../kernel/words/reasons.ts'
import { bare } from '../../kernel/bare.ts'
import type { Reckoning } from './reckoning.ts'
import type { Tally } from './tally.ts'

/**
 * What a metric makes of its measures. A total and a ratio are data, and so is when there is none and why: the arithmetic
 * here and the SQL of `ask/value-sql.ts` follow from the same few fields. Whatever else there is, is computed.
 */
export type Value = Form | Chosen

export type Form = Total | RatioForm | Computed

/** The sums of a metric's measures: exact text, and the number nearest to it. Of a tally these are how many were reached. */
export interface Parts {
  readonly exact: Readonly<Record<string, string>>
  readonly number: Readonly<Record<string, number>>
  readonly tallies: Readonly<Record<string, Tally>>
  readonly settings: Settings
  readonly options: Readonly<Record<string, string>>
  readonly period: Period
  /** First day from which the facts tell the whole story; null when there are none. */
  readonly coveredSince: string | null
  /** Whether an interval is asked for: one that is drawn takes longer than the value. */
  readonly interval: boolean
}

/** times x over / under + plus, where `over` and `under` are measures: its interval is that of the ratio. */
export interface Ratio {
  readonly over: string
  readonly under: string
  readonly times: number
  readonly plus: number
}

/** A measure against a number. */
export type Condition = readonly [measure: string, is: '=' | '<' | '<=' | '>', than: number]

/** Why there is no value: where all conditions hold, or while the facts do not reach back so many months before the end of the period. */
export type Absence = { readonly reason: NullReason } & ({ readonly when: readonly Condition[] } | { readonly months: number })

/** What is known beside the value, from the same measures: flags, an interval of its own, other numbers. */
type Beside = (parts: Parts, reckoning: Reckoning) => Partial<Omit<Reckoning, 'value' | 'exact' | 'null_reason'>>

interface Every {
  /** The first that holds counts. */
  readonly absences: readonly Absence[]
  readonly besides: readonly Beside[]
}

/** The measure itself. Nothing to add up is a measured zero. */
export interface Total extends Every {
  readonly kind: 'total'
  readonly over: string
  readonly under: null
}

interface RatioForm extends Every, Ratio {
  readonly kind: 'ratio'
}

/** Any other arithmetic; what takes long does it in steps. */
interface Computed extends Every {
  readonly kind: 'computed'
  /** The measures that stand above and below the line, where there is one. */
  readonly over: string | null
  readonly under: string | null
  /** Those ratios of measures that it may come to, of which the reckoning names one. */
  readonly ratios: (options: Parts['options']) => readonly Ratio[]
  compute(parts: Parts): Reckoning | Steps<Reckoning>
}

/** One of several, as an option says. */
interface Chosen {
  readonly kind: 'chosen'
  readonly option: string
  readonly usual: string
  readonly forms: Readonly<Record<string, Form>>
}

const EVERY: Every = { absences: [], besides: [] }

export const total = (measure: string): Total => ({ ...EVERY, kind: 'total', over: measure, under: null })

/** over / under, null with the reason when there is nothing below the line. */
export const ratio = (over: string, under: string, reason: NullReason, { times = 1, plus = 0 }: Partial<Pick<Ratio, 'times' | 'plus'>> = {}): Form => ({
  ...EVERY,
  kind: 'ratio',
  over,
  under,
  times,
  plus,
  absences: [{ reason, when: [[under, '=', 0]] }],
})

export const computed = (
  compute: Computed['compute'],
  { numerator, denominator, ratios = () => [] }: { numerator?: string; denominator?: string; ratios?: Computed['ratios'] } = {},
): Form => ({ ...EVERY, kind: 'computed', over: numerator ?? null, under: denominator ?? null, ratios, compute })

export const chosen = (option: string, usual: string, forms: Readonly<Record<string, Form>>): Value => ({ kind: 'chosen', option, usual, forms: bare(forms) })

/** The same, null for this reason before any other where all conditions hold. */
export const withheld = (form: Form, reason: NullReason, ...when: readonly Condition[]): Form => ({ ...form, absences: [{ reason, when }, ...form.absences] })

/** The same, null until the facts reach back that many months before the end of the period. */
export const matured = (months: number, form: Form): Form => ({ ...form, absences: [{ reason: 'not_matured', months }, ...form.absences] })

/** The same, with more beside it. */
export const withBeside = (form: Form, beside: Beside): Form => ({ ...form, besides: [...form.besides, beside] })

/** What a value is under options. */
export const formOf = (value: Value, options: Parts['options']): Form =>
  value.kind === 'chosen' ? ((value.forms[options[value.option] ?? value.usual] ?? value.forms[value.usual]) as Form) : value

/** The measures that a value is made of under options. */
export function sidesOf(value: Value, options: Parts['options']): Pick<Reckoning, 'numerator' | 'denominator'> {
  const { over, under } = formOf(value, options)
  return { ...(over === null ? {} : { numerator: over }), ...(under === null ? {} : { denominator: under }) }
}

/** The ratios of measures that a value may be; none where it is no ratio. */
export function ratiosOf(value: Value, options: Parts['options']): readonly Ratio[] {
  const form = formOf(value, options)
  return form.kind === 'ratio' ? [form] : form.kind === 'computed' ? form.ratios(options) : []
}

/** Whether the facts reach back as far as an absence asks. */
export const reachesBack = ({ months }: { readonly months: number }, { coveredSince, period }: Pick<Parts, 'coveredSince' | 'period'>): boolean =>
  coveredSince !== null && coveredSince <= addMonths(period.until, -months)

function meets([measure, is, than]: Condition, { number }: Parts): boolean {
  const found = number[measure] ?? 0
  return is === '=' ? found === than : is === '<' ? found < than : is === '<=' ? found <= than : found > than
}

const isAbsent = (absence: Absence, parts: Parts): boolean =>
  'months' in absence ? !reachesBack(absence, parts) : absence.when.every((condition) => meets(condition, parts))

function arithmetic(form: Exclude<Form, Computed>, { number, exact }: Parts): Reckoning {
  if (form.kind === 'total') return { value: number[form.over] ?? 0, exact: exact[form.over] ?? '0' }
  return { value: (form.times * (number[form.over] ?? 0)) / (number[form.under] ?? 0) + form.plus }
}

function withBesides(form: Form, parts: Parts, reckoning: Reckoning): Reckoning {
  return form.besides.reduce((made, beside) => {
    const more = beside(parts, made)
    return {
      ...made,
      ...more,
      ...(made.beside === undefined ? {} : { beside: { ...made.beside, ...more.beside } }),
      ...(made.flags === undefined ? {} : { flags: [...made.flags, ...(more.flags ?? [])] }),
    }
  }, reckoning)
}

/** The value of some measures, at once or in steps. */
export function reckon(value: Value, parts: Parts): Reckoning | Steps<Reckoning> {
  const form = formOf(value, parts.options)
  const whole = (made: Reckoning): Reckoning => {
    const absence = form.absences.find((one) => isAbsent(one, parts))
    const { exact: _, ...rest } = made
    const reckoning = absence === undefined ? made : { ...rest, value: null, null_reason: absence.reason }
    return withBesides(form, parts, { ...reckoning, ...(value.kind === 'chosen' ? sidesOf(value, parts.options) : {}) })
  }
  const made = form.kind === 'computed' ? form.compute(parts) : arithmetic(form, parts)
  return isSteps(made) ? mapSteps(made, whole) : whole(made)
}

/** No value for now, for this reason; what it will be made of stays. */
export const noValue = (null_reason: NullReason, { numerator, denominator }: Reckoning): Reckoning => ({
  value: null,
  null_reason,
  ...(numerator === undefined ? {} : { numerator }),
  ...(denominator === undefined ? {} : { denominator }),
})

import { BUILT_IN } from '../../src/metrics/catalogue/built-in.ts'
import { formOf } from '../../src/metrics/kit/value.ts'
import type { Answer } from '../oracle/answer.ts'
import { PERIODS, Q1, Q2, ask, label, micros } from './subject.ts'
import type { Property, Subject } from './subject.ts'

const near = (a: number, b: number, slack = 1e-9): boolean => Math.abs(a - b) <= slack * Math.max(1, Math.abs(a), Math.abs(b))
const P2P = [
  'customer_retention_rate',
  'logo_churn_rate',
  'grr',
  'nrr',
  'mrr_cancel_rate',
  'mrr_contraction_rate',
  'mrr_expansion_rate',
  'gross_mrr_churn_rate',
  'net_mrr_churn_rate',
] as const

/** Retention identities of one period; each list is the failures. */
async function retention({ answers }: Subject, period: (typeof PERIODS)[number]): Promise<{ i5: string[]; i6: string[] }> {
  const found = await ask(answers, P2P, period)
  const [i5, i6]: [string[], string[]] = [[], []]
  const say = (list: string[], what: string) =>
    list.push(`${label(what, period)}: ${JSON.stringify(Object.fromEntries(P2P.map((id) => [id, found[id].value])))}`)
  const [crr, churn] = [found.customer_retention_rate.value, found.logo_churn_rate.value]
  if (crr !== null && churn !== null && (!near(crr + churn, 1) || crr < 0 || crr > 1 || churn < 0)) say(i5, 'CRR + churn')
  if ((crr === null) !== (churn === null)) say(i5, 'one of CRR and churn is null')
  const { value: grr } = found.grr
  const [nrr, cancel, contraction, expansion] = [found.nrr.value, found.mrr_cancel_rate.value, found.mrr_contraction_rate.value, found.mrr_expansion_rate.value]
  if (grr === null || nrr === null || cancel === null || contraction === null || expansion === null) return { i5, i6 }
  if (grr < 0 || grr > 1 || grr > nrr) say(i6, '0 <= GRR <= 1, GRR <= NRR')
  if (!near(nrr, grr + expansion)) say(i6, 'NRR = GRR + expansion')
  if (!near(grr, 1 - cancel - contraction)) say(i6, 'GRR = 1 - cancel - contraction')
  if (expansion === 0 && nrr !== grr) say(i6, 'no expansion, NRR = GRR')
  if (crr !== null && (crr === 0) !== (grr === 0)) say(i6, 'CRR = 0 <=> GRR = 0')
  if (!near(found.gross_mrr_churn_rate.value ?? NaN, 1 - grr) || !near(found.net_mrr_churn_rate.value ?? NaN, 1 - nrr)) say(i6, 'churn = 1 - retention')
  return { i5, i6 }
}

async function everyPeriod(subject: Subject, of: (subject: Subject, period: (typeof PERIODS)[number]) => Promise<string[]>): Promise<string[]> {
  const found: string[] = []
  for (const period of PERIODS) found.push(...(await of(subject, period)))
  return found
}

const i5: Property = {
  id: 'I5',
  says: 'CRR + logo churn = 1, both in 0..1',
  check: (subject) => everyPeriod(subject, async (of, period) => (await retention(of, period)).i5),
}
const i6: Property = {
  id: 'I6',
  says: 'GRR, NRR and their parts fit together',
  check: (subject) => everyPeriod(subject, async (of, period) => (await retention(of, period)).i6),
}

async function identities({ answers }: Subject, period: (typeof PERIODS)[number]): Promise<string[]> {
  const failures: string[] = []
  const a = await ask(answers, ['mrr', 'arr', 'arpa', 'arppu', 'arpu', 'net_revenue', 'arr_per_csm', 'crc'], period)
  const say = (what: string) =>
    failures.push(
      `${label(what, period)}: ${JSON.stringify(Object.fromEntries(Object.entries(a).map(([id, { value, denominator }]) => [id, [value, denominator]])))}`,
    )
  const [mrr, arr] = [micros(a.mrr), micros(a.arr)]
  // The year of a subscription is exact, its month is rounded: half a millionth twelve times over, for each of them.
  if (mrr !== null && arr !== null && Math.abs(Number(arr - 12n * mrr)) > 12 * 0.5 * 1e3 + 1e-9 * Math.abs(Number(arr))) say('ARR = 12 MRR')
  if (a.arpa.value !== null && !near(a.arpa.value * (a.arpa.denominator ?? 0), a.mrr.value ?? NaN)) say('ARPA x customers = MRR')
  // Of refunds more accounts bear a smaller part each.
  if (a.arppu.value !== null && a.arppu.value >= 0 && a.arpu.value !== null && a.arpu.value > a.arppu.value + 1e-9 * Math.abs(a.arppu.value))
    say('ARPU is at most ARPPU')
  if (a.arppu.value !== null && !near(a.arppu.value * (a.arppu.denominator ?? 0), a.net_revenue.value ?? NaN)) say('ARPPU x payers = net revenue')
  if (a.crc.value !== null && !near(a.crc.value * (a.crc.denominator ?? 0), a.crc.numerator ?? NaN)) say('CRC x retained = cost')
  const rows = await answers.breakdown('arr_per_csm', 'csm', period)
  const parts = [...rows.values()]
  const sum = parts.reduce((all, row) => all + (row.numerator ?? NaN), 0)
  if (a.arr.value !== null && parts.every((row) => row.null_reason !== 'fx_missing') && rows.size > 0 && !near(sum, a.arr.value))
    say(`rows by CSM come to ${sum}, not to ARR`)
  return failures
}
const i10: Property = {
  id: 'I10',
  says: 'ARR = 12 MRR; ARPA, ARPPU and CRC times their heads; rows by CSM sum to ARR',
  check: (subject) => everyPeriod(subject, identities),
}

async function growth({ answers }: Subject, period: (typeof PERIODS)[number]): Promise<string[]> {
  const failures: string[] = []
  for (const id of ['egr_mrr', 'egr']) {
    const { value, parts } = await answers.metric(id, period)
    const { nrr, earned, bought, unknown, returned, growth: grown, if_unknown_earned: high } = parts
    if (value == null || nrr == null || earned == null || bought == null || unknown == null || returned == null || grown == null || high == null) continue
    if (!near(nrr + earned + bought + unknown + returned - 1, grown)) failures.push(`${label(id, period)}: parts do not come to growth ${grown}`)
    if (!near(value, nrr + earned - 1)) failures.push(`${label(id, period)}: ${value} is not NRR + earned - 1`)
    if (unknown >= 0 && value > high + 1e-12) failures.push(`${label(id, period)}: low ${value} above high ${high}`)
  }
  return failures
}
const i11: Property = {
  id: 'I11',
  says: 'NRR + earned + bought + unknown + returned - 1 = growth; EGR low <= high',
  check: (subject) => everyPeriod(subject, growth),
}

const i14: Property = {
  id: 'I14',
  says: 'a total ratio is the sum of numerators over the sum of denominators, between its least and greatest part',
  check: async ({ answers }) => {
    const failures: string[] = []
    for (const period of [Q1, Q2])
      for (const id of [
        ...P2P,
        'arpa',
        'c2_conversion',
        'new_customer_rate',
        'purchase_frequency',
        'reopen_rate',
        'account_coverage',
        'task_on_time_rate',
        'onboarding_on_time_rate',
        'csm_churn_oe',
      ])
        for (const dimension of ['segment', 'csm']) {
          const total = await answers.metric(id, period)
          const parts = [...(await answers.breakdown(id, dimension, period)).values()]
          if (total.value === null || parts.some((part) => part.null_reason === 'fx_missing')) continue
          const sum = (of: (part: Answer) => number | null) => parts.reduce((all, part) => all + (of(part) ?? 0), 0)
          const [above, below] = [sum((part) => part.numerator), sum((part) => part.denominator)]
          if (!near(above / below, total.value, 1e-8))
            failures.push(`${label(id, period)} by ${dimension}: parts come to ${above / below}, total ${total.value}`)
          const values = parts.map((part) => part.value).filter((value) => value !== null)
          // A part with nothing below the line can still have something above it (new customers of an empty segment).
          const bounded = parts.every((part) => part.value !== null || (part.numerator ?? 0) === 0)
          if (bounded && values.length > 0 && (total.value < Math.min(...values) - 1e-9 || total.value > Math.max(...values) + 1e-9))
            failures.push(`${label(id, period)} by ${dimension}: ${total.value} outside its parts ${values.join(', ')}`)
        }
    return failures
  },
}

const sane = (answer: Answer): boolean =>
  [answer.value, answer.numerator, answer.denominator, answer.n, ...Object.values(answer.parts)].every(
    (number) => number === null || Number.isFinite(number),
  ) &&
  (answer.value !== null || answer.null_reason !== null)

/** What counts or adds is exactly 0 of an empty company; the others have nothing below the line. */
/** A model says nothing where it knows nothing: what is expected to be lost of nobody is no 0. */
const counts = (id: string): boolean => BUILT_IN.byId(id).kind !== 'model' && ['total', 'linear'].includes(formOf(BUILT_IN.byId(id).value, {}).kind)

export const i21 = (metrics: readonly string[], empty: Subject['company']): Property => ({
  id: 'I21',
  says: 'no NaN and no Infinity; a null has a reason; an empty workspace has zeros and nulls',
  check: async ({ answers, settings, load }) => {
    const failures: string[] = []
    for (const period of [Q1, ...PERIODS.slice(-1)])
      for (const id of metrics) {
        const answer = await answers.metric(id, period)
        if (!sane(answer)) failures.push(`${label(id, period)}: ${JSON.stringify(answer)}`)
      }
    const nobody = await load(empty, settings)
    // A tree says what those it is made of come to: the sum of nothing is 0, nobody lost may be all that was aimed at.
    for (const id of metrics.filter((metric) => metric !== 'north_star')) {
      const { value } = await nobody.metric(id, Q1)
      if (value !== (counts(id) ? 0 : null)) failures.push(`${id} of an empty workspace: ${value}`)
    }
    return failures
  },
})

export const ratioProperties: readonly Property[] = [i5, i6, i10, i11, i14]

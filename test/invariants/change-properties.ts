import { divideHalfEven, formatMicros, parseMicros } from '../../src/kernel/money.ts'
import { cell } from '../oracle/company.ts'
import type { Company, Row } from '../oracle/company.ts'
import { randomOf, shuffled } from '../oracle/random.ts'
import { inOneImport, variants } from '../oracle/variants.ts'
import { disagreements, questionsFor } from './agreement.ts'
import { H1, Q1, label } from './subject.ts'
import type { Check, Property, Subject } from './subject.ts'

const RATES = ['customer_retention_rate', 'grr', 'nrr'] as const

/** The three rates of a changed company against the plain one; rounding of tiny amounts may show, relative to the opening MRR. */
async function keepsRates(subject: Subject, company: Company, settings: Subject['settings'], what: string, exact = false): Promise<string[]> {
  const other = await subject.load(company, settings)
  const found: string[] = []
  for (const period of [Q1, H1])
    for (const id of RATES) {
      const [a, b] = [await subject.answers.metric(id, period), await other.metric(id, period)]
      const opening = Math.min(a.denominator ?? 1, b.denominator ?? 1)
      const slack = exact || id === 'customer_retention_rate' ? 0 : 1e-9 + 2e-4 / Math.max(opening, 1e-6)
      const equal = a.value === null || b.value === null ? a.value === b.value : Math.abs(a.value - b.value) <= slack * Math.max(1, Math.abs(a.value))
      if (!equal) found.push(`${label(id, period)} after ${what}: ${a.value} became ${b.value}`)
    }
  return found
}

const times = (row: Row, column: string, factor: bigint): Row =>
  cell(row, column) === '' ? row : { ...row, [column]: formatMicros((parseMicros(cell(row, column)) ?? 0n) * factor) }

const scaled = (company: Company): Company => ({
  ...company,
  subscription_version: company.subscription_version.map((row) => times(row, 'unit_amount', 3n)),
  discount: company.discount.map((row) => times(row, 'amount', 3n)),
  charge: company.charge.map((row) => times(row, 'amount', 3n)),
})

/** Accounts that only start when the period has begun. */
const withNewcomers = (company: Company): Company => ({
  ...company,
  subscription_version: [
    ...company.subscription_version,
    ...['2024-01-02T10:00:00.000Z', '2024-02-11T00:00:00.000Z'].map((effective_at, i) => ({
      batch: 1,
      subscription_id: `late-${i}`,
      account_id: `late-${i}`,
      effective_at,
      status: i === 0 ? 'active' : 'trialing',
      product: 'core',
      plan: '',
      quantity: '1',
      unit_amount: '900',
      currency: 'USD',
      interval_months: '1',
      interval_unit: 'month',
      term_months: '',
      canceled_at: '',
      ends_at: '',
      due_at: '',
      reason: '',
    })),
  ],
})

/** One rate per currency for all time, so that the currency of the report cannot matter. */
const constantRates = (company: Company): Company => ({
  ...company,
  exchange_rate: ['EUR', 'GBP', 'JPY'].map((currency, i) => ({
    batch: 1,
    date: '2020-01-01',
    currency,
    per: 'USD',
    rate: ['1.1', '1.25', '0.0067'][i] ?? '1',
  })),
})

const i7: Check = async (subject) => {
  const { company, settings } = subject
  const constant = constantRates(inOneImport(company))
  const plain = await subject.load(constant, { ...settings, reporting_currency: 'USD' })
  return [
    ...(await keepsRates(subject, scaled(company), settings, 'scaling all amounts')),
    ...(await keepsRates({ ...subject, answers: plain }, constant, { ...settings, reporting_currency: 'EUR' }, 'reporting in another currency')),
    ...(await keepsRates(subject, withNewcomers(company), settings, 'adding newcomers and trials', true)),
  ]
}

/** Rates from the start of the period on, changed. */
const i8: Check = async (subject) => {
  const shaken = inOneImport(subject.company)
  const later = shaken.exchange_rate.map((row) =>
    cell(row, 'date') < Q1.from ? row : { ...row, rate: formatMicros(divideHalfEven((parseMicros(cell(row, 'rate')) ?? 0n) * 137n, 100n)) },
  )
  const plain = await subject.load(shaken, subject.settings)
  return keepsRates({ ...subject, answers: plain }, { ...shaken, exchange_rate: later }, subject.settings, 'other exchange rates inside the period', true)
}

/** Of some 400 that could be asked; each company is asked others. */
const QUESTIONS = 40

/** Section 11: shuffle, split, shift ids, add an internal account, restate later. */
export const unchanged = (metrics: readonly string[], seed: number): Property => ({
  id: 'variants',
  says: 'telling the same facts in another way changes no number',
  check: async ({ company, settings, answers, load }) => {
    const found: string[] = []
    const all = questionsFor(metrics, 1, randomOf(seed)).filter(({ question }) => question.reported_on === undefined)
    const questions = shuffled(all, randomOf(seed)).slice(0, QUESTIONS)
    for (const variant of variants(company, randomOf(seed + 1))) {
      const told = await load(variant.company, settings)
      const asked = questions.filter(({ metric }) => metric !== 'arpu' || !variant.name.startsWith('an account'))
      const moved = {
        metric: (id: string, question: Parameters<typeof told.metric>[1]) => told.metric(id, variant.ask(question)),
        breakdown: (id: string, dimension: string, question: Parameters<typeof told.metric>[1]) => told.breakdown(id, dimension, variant.ask(question)),
      }
      found.push(
        ...(await disagreements(answers, moved, asked, { money: 0, ratio: 0 })).map(
          (each) => `${variant.name}: ${each.asked} ${each.what} ${String(each.left)} became ${String(each.right)}`,
        ),
      )
    }
    return found
  },
})

/** Same facts and settings, same bytes. */
export const i22 = (metrics: readonly string[]): Property => ({
  id: 'I22',
  says: 'the same facts and settings give byte-equal results',
  check: async ({ company, settings, answers, load }) => {
    const again = await load(company, settings)
    const found: string[] = []
    for (const id of metrics) {
      const [a, b] = [JSON.stringify(await answers.metric(id, Q1)), JSON.stringify(await again.metric(id, Q1))]
      if (a !== b) found.push(`${id}: ${a} became ${b}`)
    }
    return found
  },
})

export const changeProperties: readonly Property[] = [
  { id: 'I7', says: 'retention does not depend on scale, reporting currency, newcomers or trials', check: i7 },
  { id: 'I8', says: 'rates after the opening never move retention', check: i8 },
]

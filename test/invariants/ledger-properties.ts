import { addDays, addMonths } from '../../src/kernel/period.ts'
import type { Question } from '../oracle/answer.ts'
import { cell } from '../oracle/company.ts'
import { H1, MONTHS, ODD, PERIODS, Q1, Q2, ask, belowLine, label, micros } from './subject.ts'
import type { Property, Subject } from './subject.ts'

const FLOWS = ['new_mrr', 'expansion_mrr', 'reactivation_mrr', 'contraction_mrr', 'churned_mrr', 'fx_mrr'] as const
const SIGNS = { new_mrr: 1n, expansion_mrr: 1n, reactivation_mrr: 1n, contraction_mrr: -1n, churned_mrr: -1n, fx_mrr: 1n } as const
const ADDITIVE = [...FLOWS, 'net_new_mrr', 'expansion_revenue', 'net_revenue', 'customers_lost', 'renewal_revenue'] as const

/** Opening of a slice by plan or product: what it held at the end of the month before. */
async function openingOf({ answers }: Subject, question: Question): Promise<bigint | null> {
  const slice = question.where?.plan ?? question.where?.product
  if (slice !== undefined) return micros(await answers.metric('mrr', { ...question, from: addMonths(question.from, -1), until: question.from }))
  return belowLine(await answers.metric('nrr', question))
}

async function bridge(subject: Subject, question: Question): Promise<string[]> {
  const lines = await ask(subject.answers, ['mrr', ...FLOWS], question)
  const opening = await openingOf(subject, question)
  const [closing, add, up, back, down, lost, fx] = [
    lines.mrr,
    lines.new_mrr,
    lines.expansion_mrr,
    lines.reactivation_mrr,
    lines.contraction_mrr,
    lines.churned_mrr,
    lines.fx_mrr,
  ].map(micros)
  if (opening == null || closing == null || add == null || up == null || back == null || down == null || lost == null || fx == null) return []
  const left = opening + add + up + back - down - lost + fx
  const broken = left === closing ? [] : [`${label('bridge', question)}: ${left} instead of ${closing} millionths`]
  const currencies = new Set(subject.company.subscription_version.map((row) => row.currency))
  const single = currencies.size === 1 && currencies.has(subject.settings.reporting_currency) && subject.settings.usage_in_mrr === 'none'
  return single && fx !== 0n ? [...broken, `${label('fx_mrr', question)}: ${fx} with one currency`] : broken
}

/** Dimensions below the account, and attributes of accounts with the facts that change them. */
const SLICES = { plan: ['basic', 'team', '(none)'], product: ['core', 'insights', '(none)'] }
const ATTRIBUTES = { segment: ['account_attribute'], csm: ['csm_assignment'], team: ['csm_assignment', 'csm'] } as const

/** Whether any account may have another value at the close than at the opening; a day around, for zones. */
const mayMove = ({ company }: Subject, dimension: keyof typeof ATTRIBUTES, { from, until }: Question): boolean =>
  ATTRIBUTES[dimension].some((fact) =>
    company[fact].map((row) => cell(row, 'effective_at').slice(0, 10)).some((day) => day >= addDays(from, -1) && day <= until),
  )

/**
 * By an attribute of accounts a movement is in the slice of the opening and a stock in that of the moment (C22), so that a
 * slice closes with a transfer. What one slice gives another gets: every line adds up to the whole, the transfers to nothing.
 */
async function transfers(subject: Subject, dimension: keyof typeof ATTRIBUTES, question: Question): Promise<string[]> {
  const pieces = new Map<string, Map<string, bigint>>()
  const found: string[] = []
  const by = `${label('bridge', question)} by ${dimension}`
  for (const [id, sign, read] of [['nrr', 1n, belowLine], ...FLOWS.map((flow) => [flow, SIGNS[flow], micros] as const), ['mrr', -1n, micros]] as const) {
    const whole = read(await subject.answers.metric(id, question))
    const slices = [...(await subject.answers.breakdown(id, dimension, question))].map(([value, answer]) => [value, read(answer)] as const)
    if (whole === null) return []
    const sum = slices.reduce((all, [, piece]) => all + (piece ?? 0n), 0n)
    if (sum !== whole) found.push(`${by}: ${id === 'nrr' ? 'opening' : id} ${whole}, its slices ${sum}`)
    for (const [value, piece] of slices) pieces.set(value, (pieces.get(value) ?? new Map()).set(id, sign * (piece ?? 0n)))
  }
  const transfer = [...pieces].map(([value, lines]) => [value, -[...lines.values()].reduce((all, line) => all + line, 0n)] as const)
  const left = transfer.reduce((all, [, amount]) => all + amount, 0n)
  if (left !== 0n) found.push(`${by}: transfers leave ${left} millionths`)
  if (!mayMove(subject, dimension, question))
    for (const [value, amount] of transfer) if (amount !== 0n) found.push(`${by}=${value}: ${amount} millionths moved, and no account did`)
  return found
}

const i1: Property = {
  id: 'I1',
  says: 'opening + new + expansion + reactivation - contraction - churn + fx = closing, whole and per slice; by attributes of accounts with transfers that leave nothing',
  check: async (subject) => {
    const found: string[] = []
    for (const period of PERIODS) found.push(...(await bridge(subject, period)))
    for (const period of [Q1, ODD]) {
      for (const [dimension, values] of Object.entries(SLICES))
        for (const value of values) found.push(...(await bridge(subject, { ...period, where: { [dimension]: [value] } })))
      for (const dimension of ['segment', 'csm', 'team'] as const) found.push(...(await transfers(subject, dimension, period)))
    }
    return found
  },
}

const i2: Property = {
  id: 'I2',
  says: 'closing of a period = opening of the next',
  check: async ({ answers }) => {
    const found: string[] = []
    for (const [period, next] of [...MONTHS.slice(0, -1).map((period, i) => [period, MONTHS[i + 1]] as const), [Q1, Q2] as const]) {
      if (next === undefined) continue
      const [close, open] = [micros(await answers.metric('mrr', period)), belowLine(await answers.metric('nrr', next))]
      const [customers, opening] = [(await answers.metric('arpa', period)).denominator, (await answers.metric('customer_retention_rate', next)).denominator]
      if (close !== null && open !== null && close !== open) found.push(`${label('mrr', period)}: ${close} closes, ${open} opens`)
      if (customers !== null && (opening ?? 0) !== customers) found.push(`${label('customers', period)}: ${customers} close, ${opening} open`)
    }
    return found
  },
}

const i3: Property = {
  id: 'I3',
  says: 'sum of months = quarter for flows; sum over slices = total for flows and stocks',
  check: async ({ answers }) => {
    const found: string[] = []
    for (const id of ADDITIVE)
      for (const [whole, parts] of [
        [Q1, MONTHS.slice(0, 3)],
        [H1, [Q1, Q2]],
        [H1, MONTHS],
      ] as const) {
        const total = micros(await answers.metric(id, whole))
        let sum: bigint | null = 0n
        for (const part of parts) {
          const piece = micros(await answers.metric(id, part))
          sum = sum === null || piece === null ? null : sum + piece
        }
        if (total !== null && sum !== null && total !== sum) found.push(`${label(id, whole)}: ${total}, its pieces ${sum}`)
      }
    for (const id of [...ADDITIVE.filter((each) => each !== 'customers_lost'), 'mrr', 'arr', 'arr_contracted', 'mrr_committed'])
      for (const dimension of ['segment', 'csm', ...(id === 'renewal_revenue' ? [] : ['product'])]) {
        const total = micros(await answers.metric(id, Q1))
        const pieces = [...(await answers.breakdown(id, dimension, Q1)).values()].map(micros)
        if (total === null || pieces.includes(null)) continue
        const sum = pieces.reduce<bigint>((all, piece) => all + (piece ?? 0n), 0n)
        // Balances of several currencies are rounded per slice when the slice is below the account.
        const slack = dimension === 'product' ? 1_000n : 0n
        const off = total > sum ? total - sum : sum - total
        if (off > slack) found.push(`${label(id, Q1)} by ${dimension}: ${total}, its slices ${sum}`)
      }
    return found
  },
}

const i4: Property = {
  id: 'I4',
  says: 'customers: opening + new + reactivated - lost = closing, by events',
  check: async ({ answers }) => {
    const found: string[] = []
    for (const period of PERIODS) {
      const lines = await ask(answers, ['customer_retention_rate', 'new_mrr', 'reactivation_mrr', 'customers_lost', 'arpa'], period)
      if (Object.values(lines).some((line) => line.null_reason === 'fx_missing')) continue
      const left =
        (lines.customer_retention_rate.denominator ?? 0) + (lines.new_mrr.n ?? 0) + (lines.reactivation_mrr.n ?? 0) - (lines.customers_lost.value ?? 0)
      if (left !== (lines.arpa.denominator ?? 0)) found.push(`${label('customers', period)}: ${left} instead of ${lines.arpa.denominator}`)
    }
    return found
  },
}

const LEGAL: Record<string, readonly string[]> = {
  start: ['new'],
  churn: ['reactivation', 'new'],
  new: ['expansion', 'contraction', 'churn'],
  reactivation: ['expansion', 'contraction', 'churn'],
  expansion: ['expansion', 'contraction', 'churn'],
  contraction: ['expansion', 'contraction', 'churn'],
}

const i9: Property = {
  id: 'I9',
  says: 'the ledger replays to every balance; one movement a day; kinds alternate legally',
  check: async ({ answers, settings }) => {
    if (answers.movements === undefined || answers.balances === undefined) return []
    const found: string[] = []
    const lines = [...(await answers.movements({ from: '1970-01-01', until: '2030-01-01' }))].sort((a, b) => (a.account + a.day < b.account + b.day ? -1 : 1))
    const state = new Map<string, string>()
    const days = new Set<string>()
    for (const { account, day, kind } of lines) {
      if (days.has(`${account} ${day}`)) found.push(`${account}: two movements on ${day}`)
      days.add(`${account} ${day}`)
      const before = state.get(account) ?? 'start'
      const legal = (LEGAL[before] ?? []).filter((next) => next !== 'new' || before === 'start' || settings.reactivation_window_days !== '')
      if (kind !== '' && !legal.includes(kind)) found.push(`${account} on ${day}: ${kind} after ${before}`)
      if (kind !== '') state.set(account, kind)
    }
    for (const boundary of ['2024-01-01', '2024-03-01', '2024-03-11', '2024-07-01', '2025-01-01']) {
      const replayed = new Map<string, bigint>()
      for (const { account, day, native } of lines)
        if (day < boundary)
          for (const { currency, amount } of native) replayed.set(`${account} ${currency}`, (replayed.get(`${account} ${currency}`) ?? 0n) + parse(amount))
      const held = new Map((await answers.balances(boundary)).map(({ account, currency, amount }) => [`${account} ${currency}`, parse(amount)]))
      for (const key of new Set([...replayed.keys(), ...held.keys()]))
        if ((replayed.get(key) ?? 0n) !== (held.get(key) ?? 0n))
          found.push(`${key} at ${boundary}: replay ${replayed.get(key) ?? 0n}, balance ${held.get(key) ?? 0n}`)
    }
    return found
  },
}
const parse = (amount: string): bigint => micros({ value: 0, exact: amount, numerator: null, denominator: null, n: null, null_reason: null, parts: {} }) ?? 0n

export const ledgerProperties: readonly Property[] = [i1, i2, i3, i4, i9]

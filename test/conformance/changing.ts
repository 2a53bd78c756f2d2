import { cell, lastStep } from '../oracle/company.ts'
import type { Company, Row } from '../oracle/company.ts'
import { FACT_IDS } from '../oracle/fact-tables.ts'
import { randomOf } from '../oracle/random.ts'

/** More imports: of every account some row again, changed, and one account merged into another and out of it again. */
function withMoreChanges(company: Company, seed: number): Company {
  const random = randomOf(seed)
  let batch = lastStep(company)
  const facts = Object.fromEntries(FACT_IDS.map((fact) => [fact, [...company[fact]]])) as Record<(typeof FACT_IDS)[number], Row[]>
  for (let i = 0; i < 2; i++) {
    batch++
    if (company.subscription_version.length > 0)
      facts.subscription_version.push({
        ...random.pick(company.subscription_version),
        batch,
        unit_amount: random.pick(['12.5', '640', '0']),
        status: random.pick(['active', 'past_due', 'ended']),
      })
    if (company.discount.length > 0) facts.discount.push({ ...random.pick(company.discount), batch, percent: '35', amount: '' })
  }
  if (company.account.length > 1) {
    const [into, gone] = [company.account[0], random.pick(company.account.slice(1))]
    if (into !== undefined && cell(into, 'merged_into') === '')
      facts.account.push({ ...gone, batch: batch + 1, merged_into: cell(into, 'account_id') }, { ...gone, batch: batch + 2, merged_into: '' })
  }
  return { ...facts, undos: company.undos }
}

/** Exchange rates touch everybody. What comes before those that arrive late is refreshed account by account. */
function withLateRatesLast(company: Company): Company {
  const last = lastStep(company) + 1
  return { ...company, exchange_rate: company.exchange_rate.map((row) => (row.batch === 1 ? row : { ...row, batch: last })) }
}

/** The company in more steps: most of them touch a few accounts, the last one all of them. */
export const inManySteps = (company: Company, seed: number): Company => withLateRatesLast(withMoreChanges(company, seed))

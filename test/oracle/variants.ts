import { cell, identityOf, importsOf, asReported, lastStep } from './company.ts'
import type { Company, Facts, Row } from './company.ts'
import { FACT_IDS } from './fact-tables.ts'
import type { FactId } from './fact-tables.ts'
import type { Question } from './answer.ts'
import { shuffled } from './random.ts'
import type { Random } from './random.ts'

/** A changed company of which every answer must stay as it was (docs/definitions.md#retellings). */
export interface Variant {
  readonly name: string
  readonly company: Company
  /** The question to ask it, where that changes too. */
  ask(question: Question): Question
}

const same = (question: Question): Question => question

const each = (company: Company, change: (fact: FactId, rows: readonly Row[]) => Row[]): Company => ({
  ...(Object.fromEntries(FACT_IDS.map((fact) => [fact, change(fact, company[fact])])) as unknown as Facts),
  undos: company.undos,
})

/** What is known in the end, as if it had all come in one import. */
export const inOneImport = (company: Company): Company => ({
  ...each({ ...asReported(company), undos: [] }, (_fact, rows) => rows.map((row) => ({ ...row, batch: 1 }))),
})

/** Inside one import the last row of an identity counts, so only those are shuffled. */
const shuffledRows = (company: Company, random: Random): Company =>
  each(company, (fact, rows) => shuffled([...new Map(rows.map((row) => [`${row.batch} ${identityOf(fact, row)}`, row])).values()], random))

/** A version told twice: the second telling begins later, with the same terms. Needs a company of one import. */
export function splitVersions(company: Company, random: Random): Company {
  const copies = company.subscription_version.flatMap((row) => {
    const at = Date.parse(cell(row, 'effective_at'))
    const later = company.subscription_version
      .filter((other) => cell(other, 'subscription_id') === cell(row, 'subscription_id'))
      .map((other) => Date.parse(cell(other, 'effective_at')))
    const turns = ['ends_at', 'canceled_at', 'paused_at'].map((column) => (cell(row, column) === '' ? NaN : Date.parse(cell(row, column))))
    const room = Math.min(at + 90 * 86_400_000, ...[...later, ...turns].filter((other) => other > at))
    const middle = at + Math.floor((room - at) * random.next())
    if (middle <= at || random.chance(0.4)) return []
    // The reason of a row that tells of an end goes with the end.
    const tellsEnd = cell(row, 'status') === 'ended' || cell(row, 'canceled_at') !== ''
    return [{ ...row, effective_at: new Date(middle).toISOString(), reason: tellsEnd ? cell(row, 'reason') : '' }]
  })
  return { ...company, subscription_version: [...company.subscription_version, ...copies] }
}

const ID_COLUMNS = ['account_id', 'subscription_id', 'charge_id', 'discount_id', 'merged_into', 'ticket_id', 'contact_id', 'user_id', 'referred_account_id']
const shiftedIds = (company: Company): Company =>
  each(company, (_fact, rows) =>
    rows.map((row) => ({
      ...row,
      ...Object.fromEntries(ID_COLUMNS.filter((column) => cell(row, column) !== '').map((column) => [column, `z/${cell(row, column)}`])),
    })),
  )

/**
 * The first account with a subscription once more, under ids of its own and internal: every import says so, under another
 * name, so that undoing one leaves it said.
 */
function withInternal(company: Company): Company {
  const [account] = company.subscription_version.map((row) => cell(row, 'account_id'))
  if (account === undefined) return company
  const copy = (rows: readonly Row[]) =>
    rows
      .filter((row) => cell(row, 'account_id') === account)
      .map((row) => ({
        ...row,
        account_id: 'our-own',
        ...(cell(row, 'subscription_id') === '' ? {} : { subscription_id: `own-${cell(row, 'subscription_id')}` }),
      }))
  return {
    ...company,
    account: [
      ...company.account,
      ...importsOf(company).map((batch) => ({
        batch,
        account_id: 'our-own',
        name: `Ourselves ${batch}`,
        is_internal: 'true',
        merged_into: '',
        created_at: '',
      })),
    ],
    subscription_version: [...company.subscription_version, ...copy(company.subscription_version)],
    charge: [...company.charge, ...copy(company.charge).map((row) => ({ ...row, charge_id: `own-${cell(row, 'charge_id')}` }))],
    account_attribute: [...company.account_attribute, ...copy(company.account_attribute)],
    csm_assignment: [...company.csm_assignment, ...copy(company.csm_assignment)],
  }
}

/** A trial that never converts. */
const withTrial = (company: Company): Company => ({
  ...company,
  account: [...company.account, { batch: 1, account_id: 'trial-only', name: 'Just looking', is_internal: 'false', merged_into: '', created_at: '' }],
})

/** A fact learnt later about an earlier time: a doubled price from before the period on. */
export function restated(company: Company): Company {
  const batch = lastStep(company) + 1
  const row = asReported(company).subscription_version.find((each) => cell(each, 'unit_amount') !== '0')
  if (row === undefined) return company
  return { ...company, subscription_version: [...company.subscription_version, { ...row, batch, unit_amount: '4321.5', status: 'active' }] }
}

/** Nothing may change in any of these. */
export function variants(company: Company, random: Random): Variant[] {
  const plain = inOneImport(company)
  const step = lastStep(company)
  return [
    { name: 'rows shuffled', company: shuffledRows(company, random), ask: same },
    { name: 'all in one import', company: plain, ask: same },
    { name: 'versions split', company: splitVersions(plain, random), ask: same },
    { name: 'ids shifted', company: shiftedIds(company), ask: same },
    { name: 'an internal account added', company: withInternal(company), ask: same },
    { name: 'an account without a subscription added', company: withTrial(company), ask: same },
    {
      name: 'a late restatement, as reported before it',
      company: restated(company),
      ask: (question) => ({ ...question, reported_on: Math.min(question.reported_on ?? step, step) }),
    },
  ]
}

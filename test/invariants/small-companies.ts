import { defaultSettings } from '../../src/kernel/settings.ts'
import type { Settings } from '../../src/kernel/settings.ts'
import type { Question } from '../oracle/answer.ts'
import { noFacts } from '../oracle/company.ts'
import type { Company, Row } from '../oracle/company.ts'
import { FACT_IDS } from '../oracle/fact-tables.ts'
import { isOfCsm } from './engine-answers.ts'

/** One small company, a question to it, and what it comes to. */
export interface Case {
  readonly says: string
  readonly facts: Partial<Company>
  readonly settings?: Partial<Settings>
  readonly metric: string
  readonly ask: Question
  readonly by?: string
  /** By value of the dimension, '' without one. */
  readonly expected: Readonly<Record<string, number | string>>
}

/** Several small companies in one, and of each the question by which only it is asked. */
export interface Neighbours {
  readonly company: Company
  readonly settings: Settings
  readonly asked: readonly {
    readonly says: string
    readonly given: Case
    readonly question: Question /** The value of a dimension as the case names it; null for one of a neighbour. */
    readonly nameOf: (value: string) => string | null
  }[]
}

/** Columns whose values belong to one case. */
const OWN = ['account_id', 'subscription_id', 'charge_id', 'touchpoint_id', 'csm_id', 'team']
/** A rate is everybody's, so cases that speak of another currency speak of one of their own. */
const CURRENCIES = ['EUR', 'GBP', 'CHF', 'SEK', 'NOK', 'DKK']

function ownRow(row: Row, prefix: string, currency: string): Row {
  const own = Object.entries(row).map(([column, text]) => [column, OWN.includes(column) && text !== '' ? `${prefix}${text}` : text === 'EUR' ? currency : text])
  return { ...Object.fromEntries(own), batch: row.batch } as Row
}

function neighboursOf(cases: readonly Case[]): Neighbours {
  const facts = noFacts()
  const foreign = cases.filter(({ facts: given }) => JSON.stringify(given).includes('"EUR"'))
  if (foreign.length > CURRENCIES.length) throw new Error(`${foreign.length} cases have a foreign currency, and there are only ${CURRENCIES.length}`)
  const asked = cases.map((given, i) => {
    const prefix = `${i}/`
    const accounts = new Set<string>()
    const csms = new Set<string>()
    for (const fact of FACT_IDS)
      for (const row of given.facts[fact] ?? []) {
        const own = ownRow(row, prefix, CURRENCIES[foreign.indexOf(given)] ?? 'EUR')
        if (own.account_id !== undefined) accounts.add(String(own.account_id))
        if (own.csm_id !== undefined && own.csm_id !== '') csms.add(String(own.csm_id))
        facts[fact].push(own)
      }
    for (const account_id of accounts) facts.account_attribute.push({ batch: 1, account_id, attribute: 'segment', value: String(i), effective_at: '' })
    // What belongs to CSMs alone knows no segments; costs belong to nobody, and have a company of their own.
    const ofCsm = isOfCsm(given.metric)
    const where: Question['where'] = ofCsm ? { csm: [...csms] } : given.facts.cost === undefined ? { segment: [String(i)] } : undefined
    return {
      says: given.says,
      given,
      question: where === undefined ? given.ask : { ...given.ask, where },
      nameOf: (value: string) => (value.startsWith(prefix) ? value.slice(prefix.length) : ofCsm && value !== '' ? null : value),
    }
  })
  return { company: { ...facts, undos: [] }, settings: { ...defaultSettings, ...cases[0]?.settings }, asked }
}

/** Puts cases with the same settings into one company, each in a segment of its own: a company is loaded and derived as a whole. */
export function asNeighbours(cases: readonly Case[]): Neighbours[] {
  const groups = new Map<string, Case[]>()
  for (const each of cases) {
    const key = JSON.stringify([each.settings, each.facts.cost])
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  return [...groups.values()].map(neighboursOf)
}

import { describe, expect, it } from 'vitest'
import type { Answer, Answers, Question } from '../oracle/answer.ts'
import { ORACLE_METRICS, oracle } from '../oracle/oracle.ts'
import { randomCompany } from '../oracle/random-company.ts'
import { randomOf } from '../oracle/random.ts'
import { disagreements, questionsFor } from './agreement.ts'
import { propertiesOf } from './properties.ts'
import type { Subject } from './subject.ts'

type Fault = (answer: Answer, id: string, question: Question, right: Answers) => Answer | Promise<Answer>

const faulty = (right: Answers, fault: Fault): Answers => ({
  ...right,
  metric: async (id, question) => fault(await right.metric(id, question), id, question, right),
  breakdown: async (id, dimension, question) => {
    const rows = new Map<string, Answer>()
    for (const [value, answer] of await right.breakdown(id, dimension, question))
      rows.set(value, await fault(answer, id, { ...question, where: { ...question.where, [dimension]: [value] } }, right))
    return rows
  },
})

/** Faults that an engine could really have, and a property that must see each. */
const FAULTS: Record<string, { fault: Fault; seenBy: string }> = {
  'exchange differences are forgotten': { fault: (answer, id) => (id === 'fx_mrr' ? { ...answer, value: 0, exact: '0' } : answer), seenBy: 'I1' },
  'one cent is lost in a closing': {
    fault: (answer, id, question) =>
      id === 'mrr' && question.until === '2024-03-01' && answer.value !== null ? { ...answer, exact: null, value: answer.value + 0.01 } : answer,
    seenBy: 'I2',
  },
  'periods include their last day': {
    fault: (answer, id, question, right) =>
      id === 'churned_mrr' && question.until === '2024-02-01' ? right.metric(id, { ...question, until: '2024-02-10' }) : answer,
    seenBy: 'I3',
  },
  'a return counts as new': { fault: (answer, id) => (id === 'reactivation_mrr' ? { ...answer, n: 0 } : answer), seenBy: 'I4' },
  'nothing to count is 0': {
    fault: (answer, id) => (id === 'logo_churn_rate' && answer.value === null ? { ...answer, value: 0, null_reason: null } : answer),
    seenBy: 'I5',
  },
  'expansion leaks into GRR': { fault: async (answer, id, question, right) => (id === 'grr' ? right.metric('nrr', question) : answer), seenBy: 'I6' },
  'closing at the closing rate': {
    fault: async (answer, id, question, right) => {
      const closing = id === 'nrr' ? (await right.metric('mrr', question)).value : null
      return closing !== null && answer.value !== null && answer.denominator !== null ? { ...answer, value: closing / answer.denominator } : answer
    },
    seenBy: 'I6',
  },
  'nobody falls out of the rows by CSM': {
    fault: (answer, id, question) => (id === 'arr_per_csm' && question.where?.csm?.[0] === '(none)' ? { ...answer, numerator: 0 } : answer),
    seenBy: 'I10',
  },
  'returned customers count as bought': {
    fault: (answer) => ('returned' in answer.parts ? { ...answer, parts: { ...answer.parts, returned: 0 } } : answer),
    seenBy: 'I11',
  },
  'a mean of ratios': {
    fault: (answer, id, question) =>
      id === 'nrr' && question.where === undefined && answer.value !== null ? { ...answer, value: answer.value * 1.5 } : answer,
    seenBy: 'I14',
  },
  'a division by zero': { fault: (answer, id) => (id === 'arpa' && answer.value === null ? { ...answer, value: NaN } : answer), seenBy: 'I21' },
}

describe('the properties can fail', () => {
  for (const [name, { fault, seenBy }] of Object.entries(FAULTS))
    it(`${seenBy} sees that ${name}`, { timeout: 120_000 }, async () => {
      const seen: number[] = []
      for (let seed = 1; seed <= 40 && seen.length === 0; seed++) {
        const { company, settings } = randomCompany(seed)
        const subject: Subject = {
          company,
          settings,
          answers: faulty(oracle(company, settings), fault),
          load: (other, set) => faulty(oracle(other, set), fault),
        }
        const property = propertiesOf(ORACLE_METRICS, seed).find((each) => each.id === seenBy)
        const found = await property?.check(subject)
        if ((found ?? []).length > 0) seen.push(seed)
      }
      expect(seen.length).toBe(1)
    })

  it('two who answer differently are found to disagree, two who answer alike are not', { timeout: 120_000 }, async () => {
    const { company, settings } = randomCompany(3)
    const right = oracle(company, settings)
    const questions = questionsFor(ORACLE_METRICS, 1, randomOf(3))
    expect(await disagreements(right, oracle(company, settings), questions)).toEqual([])
    const wrong = faulty(right, (answer) =>
      answer.exact === null ? answer : { ...answer, value: (answer.value ?? 0) + 0.000001, exact: `${answer.exact}0000001` },
    )
    expect((await disagreements(right, wrong, questions)).length).toBeGreaterThan(50)
  })
})

import { expect, it } from 'vitest'
import type { Result } from '../../src/contract/question.ts'
import type { Answer, Question } from '../oracle/answer.ts'
import { lastStep } from '../oracle/company.ts'
import { ORACLE_METRICS, oracle } from '../oracle/oracle.ts'
import type { Oracle } from '../oracle/oracle.ts'
import { randomCompany } from '../oracle/random-company.ts'
import { randomOf } from '../oracle/random.ts'
import { disagreements, questionsFor } from './agreement.ts'
import { engineAnswers, together } from './engine-answers.ts'
import type { ApiQuestion } from './engine-answers.ts'
import { propertiesOf } from './properties.ts'

const gathered = (pairs: readonly (readonly [string, string])[]): Record<string, string[]> =>
  pairs.reduce<Record<string, string[]>>((all, [name, value]) => ({ ...all, [name]: [...(all[name] ?? []), value] }), {})

/** The API's side of a conversation, spoken by the oracle. */
function speaker(of: Oracle) {
  const heard: ApiQuestion[] = []
  const record = (metric: string, dims: Record<string, string>, answer: Answer, question: ApiQuestion): Result => ({
    ...answer,
    metric,
    version: '1',
    dims,
    period: { from: question.from, until: question.until, label: '' },
    ci: null,
    ci_method: null,
    ci_says: null,
    missing_rates: [],
    unit: 'money',
    currency: null,
    flags: [],
    comparison: null,
    settings_hash: '',
    parts: { ...answer.parts },
  })
  const pairs = (list: readonly string[]) => list.map((item) => [item.slice(0, item.indexOf('=')), item.slice(item.indexOf('=') + 1)] as const)
  const send = (question: ApiQuestion): Promise<Result[]> => {
    heard.push(question)
    const asked: Question = {
      from: question.from,
      until: question.until,
      ...(question.where.length === 0 ? {} : { where: gathered(pairs(question.where)) }),
      ...(question.option.length === 0 ? {} : { options: Object.fromEntries(pairs(question.option)) }),
      ...(question.as_of === undefined ? {} : { as_of: question.as_of }),
      ...(question.reported_on === undefined ? {} : { reported_on: Number(question.reported_on) }),
    }
    const [by] = question.by
    return Promise.resolve(
      question.metric.flatMap((id) =>
        by === undefined
          ? [record(id, {}, of.metric(id, asked), question)]
          : [...of.breakdown(id, by, asked)].map(([value, answer]) => record(id, { [by]: value }, answer, question)),
      ),
    )
  }
  return { send, heard }
}

it('an engine behind the API is compared and checked with one request per question', { timeout: 120_000 }, async () => {
  const { company, settings } = randomCompany(8)
  const truth = oracle(company, settings)
  const { send, heard } = speaker(truth)
  const engine = together(engineAnswers(send, String), ORACLE_METRICS)
  const questions = questionsFor(ORACLE_METRICS, lastStep(company), randomOf(8))
  expect(await disagreements(truth, engine, questions)).toEqual([])
  // Options belong to one metric; all else is asked of all metrics at once.
  const sorts = questions.map(({ metric, question, by }) => JSON.stringify([question, by, question.options === undefined ? '' : metric]))
  expect(heard.length).toBe(new Set(sorts).size)
  const before = heard.length
  for (const property of propertiesOf(ORACLE_METRICS, 8).filter(({ id }) => /^I([1-6]|1[014])$/.test(id)))
    expect(await property.check({ company, settings, answers: engine, load: oracle })).toEqual([])
  expect(heard.length - before).toBeLessThan(100)
})

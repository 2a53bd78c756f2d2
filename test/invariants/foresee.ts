import type { Answer, Answers, Question } from '../oracle/answer.ts'

interface Foreseen {
  readonly question: Question
  readonly by: string | undefined
  readonly metrics: Set<string>
}

const keyOf = (question: Question, by: string | undefined): string => JSON.stringify([question, by])

/**
 * Answers to all that a check is going to ask one number at a time, asked together: what that is comes out when somebody else
 * (the oracle) answers it first. What was not foreseen is asked as it comes.
 */
export async function foresee(answers: Answers, known: Answers, check: (answers: Answers) => Promise<unknown>): Promise<Answers> {
  const { many } = answers
  if (many === undefined) return answers
  const foreseen = new Map<string, Foreseen>()
  const note = (metric: string, question: Question, by?: string): void => {
    const sort = foreseen.get(keyOf(question, by)) ?? { question, by, metrics: new Set() }
    foreseen.set(keyOf(question, by), sort)
    sort.metrics.add(metric)
  }
  await check({
    metric: (id, question) => (note(id, question), known.metric(id, question)),
    breakdown: (id, dimension, question) => (note(id, question, dimension), known.breakdown(id, dimension, question)),
  })
  const found = new Map<string, ReadonlyMap<string, ReadonlyMap<string, Answer>>>()
  for (const [key, { question, by, metrics }] of foreseen) found.set(key, await many([...metrics], question, by))
  return {
    ...answers,
    metric: (id, question) => found.get(keyOf(question, undefined))?.get(id)?.get('') ?? answers.metric(id, question),
    breakdown: (id, dimension, question) => found.get(keyOf(question, dimension))?.get(id) ?? answers.breakdown(id, dimension, question),
  }
}

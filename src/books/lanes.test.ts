import { expect, test } from 'vitest'
import { BinnacleError } from '../kernel/errors.ts'
import { openLanes } from './lanes.ts'

const open = (places: Partial<Parameters<typeof openLanes>[0]> = {}) => openLanes({ quick: 2, heavy: 1, quickMs: 20, longestWaitMs: 60_000, ...places })
const never = new AbortController().signal
const asked = { signal: never, seconds: 60, size: 1 }
const aborted = () => new BinnacleError('fact_store_query_aborted', 'given up', { status: 499 })

/** Work that ends when it is told to, or when it is stopped. */
function work() {
  const seen = { begun: 0, running: 0, most: 0 }
  const ends: (() => void)[] = []
  const run = (signal: AbortSignal): Promise<string> => {
    seen.begun++
    seen.most = Math.max(seen.most, ++seen.running)
    return new Promise<string>((resolve, reject) => {
      ends.push(() => resolve('done'))
      if (signal.aborted) reject(aborted())
      signal.addEventListener('abort', () => reject(aborted()))
    }).finally(() => seen.running--)
  }
  return { seen, run, end: () => ends.at(-1)?.() }
}

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1))
}

test('small questions pass by heavy ones, and few of these run at once', async () => {
  const lanes = open()
  const heavy = Array.from({ length: 10 }, () => work())
  const running = (): number => heavy.reduce((sum, { seen }) => sum + seen.running, 0)
  let most = 0
  const answers = heavy.map(({ run }) =>
    lanes.run(
      async (signal) => {
        const answer = run(signal)
        most = Math.max(most, running())
        return answer
      },
      { ...asked, size: 1000 },
    ),
  )
  expect(await lanes.run(async () => 'small', asked)).toBe('small')
  await until(() => heavy.every(({ seen }) => seen.begun > 0) && running() === 1)
  let done = 0
  for (const answer of answers) void answer.then(() => done++)
  while (done < heavy.length) {
    expect(await lanes.run(async () => 'small', asked)).toBe('small')
    heavy.find(({ seen }) => seen.running === 1)?.end()
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  expect(await Promise.all(answers)).toEqual(heavy.map(() => 'done'))
  expect(most).toBeLessThanOrEqual(3)
}, 60_000)

test('a heavy question that finds a heavy place goes on, it is not begun again', async () => {
  const { seen, run, end } = work()
  const lanes = open()
  const answer = lanes.run(run, asked)
  await new Promise((resolve) => setTimeout(resolve, 60))
  end()
  expect([await answer, seen.begun]).toEqual(['done', 1])
})

test('a question has its seconds, and says how to ask for more', async () => {
  const { run } = work()
  await expect(open().run(run, { ...asked, seconds: 0.03 })).rejects.toMatchObject({
    code: 'question_timeout',
    status: 504,
    cure: expect.stringContaining('seconds='),
  })
  const refused = Promise.reject(new BinnacleError('fact_store_timeout', 'x', { status: 504 }))
  await expect(open().run(() => refused, asked)).rejects.toMatchObject({ code: 'question_timeout' })
})

test('who goes away is heard at once, while waiting too; who waits for very long is told', async () => {
  const lanes = open({ quick: 1, longestWaitMs: 200, quickMs: 10_000 })
  const first = work()
  const goneWhileRunning = new AbortController()
  const running = lanes.run(first.run, { ...asked, signal: goneWhileRunning.signal })
  await until(() => first.seen.running === 1)
  const gone = new AbortController()
  const waiting = lanes.run(first.run, { ...asked, signal: gone.signal })
  gone.abort(aborted())
  await expect(waiting).rejects.toMatchObject({ code: 'fact_store_query_aborted' })
  await expect(lanes.run(first.run, asked)).rejects.toMatchObject({ code: 'too_many_questions', retry: true, status: 503 })
  goneWhileRunning.abort()
  await expect(running).rejects.toMatchObject({ code: 'fact_store_query_aborted' })
  expect(first.seen.begun).toBe(1)
})

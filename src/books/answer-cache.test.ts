import { expect, test } from 'vitest'
import { WHOLE_COMPANY } from '../metrics/kit/asker.ts'
import type { Asker } from '../metrics/kit/asker.ts'
import { AnswerCache } from './answer-cache.ts'

const scope = (...where: string[]): Asker => ({ name: 'Jo', accounts: { where } })

function work() {
  const seen = { begun: 0, unwanted: 0 }
  let end: (answer: string) => void = () => undefined
  const compute = (unwanted: AbortSignal): Promise<string> => {
    seen.begun++
    return new Promise((resolve, reject) => {
      end = resolve
      unwanted.addEventListener('abort', () => {
        seen.unwanted++
        reject(new Error('stopped'))
      })
    })
  }
  return { seen, compute, end: (answer: string) => end(answer) }
}

test('a shared question goes on until the last who asked has left', async () => {
  const cache = new AnswerCache(5)
  const { seen, compute } = work()
  const askers = [1, 2, 3].map(() => new AbortController())
  const answers = askers.map(({ signal }) => cache.read(WHOLE_COMPANY, 'a', compute, signal).catch((error: { code: string }) => error.code))
  askers[0]?.abort()
  askers[2]?.abort()
  expect([await answers[0], await answers[2], seen.unwanted]).toEqual(['question_given_up', 'question_given_up', 0])
  askers[1]?.abort()
  expect([await answers[1], seen]).toEqual(['question_given_up', { begun: 1, unwanted: 1 }])
  // Who asks from now on has it computed anew.
  const again = work()
  const answer = cache.read(WHOLE_COMPANY, 'a', again.compute, new AbortController().signal)
  again.end('found')
  expect([await answer, again.seen]).toEqual(['found', { begun: 1, unwanted: 0 }])
})

test('who stays has the answer whoever leaves, and it is kept', async () => {
  const cache = new AnswerCache(5)
  const { seen, compute, end } = work()
  const leaver = new AbortController()
  const left = cache.read(WHOLE_COMPANY, 'a', compute, leaver.signal).catch((error: { code: string }) => error.code)
  const stays = cache.read(WHOLE_COMPANY, 'a', compute)
  leaver.abort()
  end('found')
  expect([await left, await stays, await cache.read(WHOLE_COMPANY, 'a', compute), seen]).toEqual([
    'question_given_up',
    'found',
    'found',
    { begun: 1, unwanted: 0 },
  ])
  await expect(cache.read(WHOLE_COMPANY, 'a', compute, leaver.signal)).rejects.toMatchObject({ code: 'question_given_up' })
})

test('what nobody asks for any more is dropped first, failures are not kept', async () => {
  const dropped: unknown[] = []
  const cache = new AnswerCache(2, (answer) => dropped.push(answer))
  for (const key of ['a', 'b', 'a', 'c']) await cache.read(WHOLE_COMPANY, key, async () => key)
  expect(await Promise.all(dropped)).toEqual(['b'])
  await expect(cache.read(WHOLE_COMPANY, 'd', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  expect(await cache.read(WHOLE_COMPANY, 'd', async () => 'found')).toBe('found')
})

test('what is answered is let go of, what is under way goes on', async () => {
  const dropped: unknown[] = []
  const cache = new AnswerCache(10, (answer) => dropped.push(answer))
  let end = (_: string): void => undefined
  const slow = cache.read(WHOLE_COMPANY, 'slow', () => new Promise<string>((resolve) => (end = resolve)))
  await cache.read(WHOLE_COMPANY, 'quick', async () => 'of before')
  cache.forgetAnswered()
  expect(await Promise.all(dropped)).toEqual(['of before'])
  expect(await cache.read(WHOLE_COMPANY, 'quick', async () => 'of now')).toBe('of now')
  const shared = cache.read(WHOLE_COMPANY, 'slow', async () => 'asked anew')
  end('as asked')
  expect(await Promise.all([slow, shared])).toEqual(['as asked', 'as asked'])
})

test('askers who may be told of other accounts never share an answer, whatever they ask', async () => {
  const cache = new AnswerCache(10)
  const ask = (asker: Asker, answer: string): Promise<string> => cache.read(asker, 'mrr', async () => answer)
  const jo = scope('csm=jo', 'segment=SMB')
  const kim = scope('csm=kim', 'segment=SMB')
  const nobody = scope()
  expect(await Promise.all([ask(WHOLE_COMPANY, 'all'), ask(jo, 'of jo'), ask(kim, 'of kim'), ask(nobody, 'none')])).toEqual(['all', 'of jo', 'of kim', 'none'])
  // Asked again, each has what was kept for his own scope, however that is written.
  expect(await ask({ ...scope('segment=SMB', 'csm=jo'), name: 'Another' }, 'asked anew')).toBe('of jo')
  expect(await Promise.all([ask(WHOLE_COMPANY, 'asked anew'), ask(kim, 'asked anew'), ask(nobody, 'asked anew')])).toEqual(['all', 'of kim', 'none'])
})

test('no name of a filter or a question makes the key of one asker that of another', async () => {
  const cache = new AnswerCache(10)
  const asked: [Asker, string][] = [
    [WHOLE_COMPANY, 'where ["a=1"] mrr'],
    [scope('a=1'), 'mrr'],
    [scope('a=1,b=2'), 'mrr'],
    [scope('a=1', 'b=2'), 'mrr'],
    [scope('a=1","b=2'), 'mrr'],
    [scope(), 'mrr'],
  ]
  const answers = await Promise.all(asked.map(([asker, question], i) => cache.read(asker, question, async () => i)))
  expect(answers).toEqual(asked.map((_, i) => i))
})

test('what is outdated is let go of, and what is under way is not kept: whoever asks later has it computed again', async () => {
  const cache = new AnswerCache(10)
  let end = (_: string): void => undefined
  const slow = cache.read(WHOLE_COMPANY, 'slow', () => new Promise<string>((resolve) => (end = resolve)))
  await cache.read(WHOLE_COMPANY, 'quick', async () => 'of before')
  cache.forgetAll()
  expect(await cache.read(WHOLE_COMPANY, 'slow', async () => 'of now')).toBe('of now')
  expect(await cache.read(WHOLE_COMPANY, 'quick', async () => 'of now')).toBe('of now')
  end('of before')
  expect(await slow).toBe('of before')
  expect(await cache.read(WHOLE_COMPANY, 'slow', async () => 'of later')).toBe('of now')
})

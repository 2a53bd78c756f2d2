import { describe, expect, test } from 'vitest'
import { askAgain, namesOf } from './ask-again.ts'

const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })

/** Fails as often as said, then answers; says under which names it was asked. */
function engine(failures: readonly Error[]) {
  const asked: string[] = []
  const ask = (name: string): Promise<string> => {
    const failure = failures[asked.length]
    asked.push(name)
    return failure === undefined ? Promise.resolve('answer') : Promise.reject(failure)
  }
  return { asked, ask }
}

describe('a read whose connection was closed', () => {
  const call = { queryId: 'q', signal: new AbortController().signal }

  test('is asked again, at most twice, each time under a name of its own', async () => {
    const { asked, ask } = engine([reset, reset])
    expect(await askAgain(call, ask)).toBe('answer')
    expect(asked).toEqual(namesOf('q'))
    const gone = engine([reset, reset, reset])
    await expect(askAgain(call, gone.ask)).rejects.toBe(reset)
    expect(new Set(gone.asked).size).toBe(3)
  })

  test('is not asked again for another failure, or when nobody asks any more', async () => {
    const { asked, ask } = engine([new Error('Syntax error')])
    await expect(askAgain(call, ask)).rejects.toThrow('Syntax error')
    const left = engine([reset])
    await expect(askAgain({ ...call, signal: AbortSignal.abort() }, left.ask)).rejects.toBe(reset)
    expect([asked.length, left.asked.length]).toEqual([1, 1])
  })
})

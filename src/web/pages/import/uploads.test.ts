import { describe, expect, it, vi } from 'vitest'
import { BinnacleError } from '../../../kernel/errors.ts'
import { Uploads } from './uploads.ts'

const file = (name: string) => ({ name, file: new File(['a\n1\n'], name) })

/** A sender whose transfers end when the test says so. */
function held() {
  const open: { name: string; end: (error?: Error) => void; sent: (bytes: number) => void; signal: AbortSignal }[] = []
  const uploads = new Uploads(
    (_, name, __, sent, signal) =>
      new Promise((resolve, reject) => {
        open.push({ name, sent, signal, end: (error) => (error === undefined ? resolve() : reject(error)) })
        signal.addEventListener('abort', () => reject(new BinnacleError('stopped', 'stopped')))
      }),
  )
  return { uploads, open }
}

describe('Uploads', () => {
  it('sends one file at a time, tells how far it is, and forgets what has arrived', async () => {
    const { uploads, open } = held()
    const settled = vi.fn()
    uploads.onSettled = settled
    uploads.add('i1', [file('a.csv'), file('b.csv')])
    expect(open.map((item) => item.name)).toEqual(['a.csv'])
    open[0]?.sent(3)
    expect(uploads.list().map(({ name, sent, state }) => [name, sent, state])).toEqual([
      ['a.csv', 3, 'sending'],
      ['b.csv', 0, 'waiting'],
    ])
    open[0]?.end()
    await vi.waitFor(() => expect(open).toHaveLength(2))
    expect(uploads.list().map((item) => item.name)).toEqual(['b.csv'])
    expect(settled).toHaveBeenCalledWith('i1')
  })

  it('keeps a failed file with its cure, goes on with the next, and can try again', async () => {
    const { uploads, open } = held()
    uploads.add('i1', [file('a.csv'), file('b.csv')])
    open[0]?.end(new BinnacleError('full', 'The disk is full.', { cure: 'Make room.' }))
    await vi.waitFor(() => expect(open).toHaveLength(2))
    expect(uploads.list()[0]).toMatchObject({ state: 'failed', error: { message: 'The disk is full.', cure: 'Make room.' } })
    open[1]?.end()
    await vi.waitFor(() => expect(uploads.list()).toHaveLength(1))
    uploads.retry(uploads.list()[0]?.key ?? 0)
    await vi.waitFor(() => expect(open.map((item) => item.name)).toEqual(['a.csv', 'b.csv', 'a.csv']))
  })

  it('stops a transfer that is taken out', async () => {
    const { uploads, open } = held()
    const broken = vi.fn()
    uploads.onBroken = broken
    uploads.add('i1', [file('a.csv'), file('b.csv')])
    uploads.remove(uploads.list()[0]?.key ?? 0)
    expect(open[0]?.signal.aborted).toBe(true)
    await vi.waitFor(() => expect(open.map((item) => item.name)).toEqual(['a.csv', 'b.csv']))
    expect(uploads.list().map((item) => item.name)).toEqual(['b.csv'])
    expect(broken.mock.calls).toEqual([['i1', 'a.csv']])
    open[1]?.end()
    await vi.waitFor(() => expect(uploads.list()).toEqual([]))
    expect(broken).toHaveBeenCalledTimes(1)
  })

  it('forgets a file that still waits without a word to the server', () => {
    const { uploads } = held()
    const broken = vi.fn()
    uploads.onBroken = broken
    uploads.add('i1', [file('a.csv'), file('b.csv')])
    uploads.remove(uploads.list()[1]?.key ?? 0)
    expect(uploads.list().map((item) => item.name)).toEqual(['a.csv'])
    expect(broken).not.toHaveBeenCalled()
  })
})

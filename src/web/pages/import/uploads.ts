import { BinnacleError } from '../../../kernel/errors.ts'

export interface Upload {
  readonly key: number
  readonly import_id: string
  readonly name: string
  readonly bytes: number
  readonly sent: number
  readonly state: 'waiting' | 'sending' | 'failed'
  /** Milliseconds since the first byte was sent. */
  readonly took: number
  readonly error: { readonly message: string; readonly cure: string } | null
}

export type SendFile = (importId: string, name: string, file: File, onSent: (bytes: number) => void, signal: AbortSignal) => Promise<void>

interface Waiting {
  readonly file: File
  readonly stop: AbortController
}

/**
 * Files on their way to the server, one at a time. It lives outside of any page, so uploads go on while other pages are
 * looked at; what has arrived is the server's to remember.
 */
export class Uploads {
  readonly #send: SendFile
  readonly #listeners = new Set<() => void>()
  readonly #waiting = new Map<number, Waiting>()
  #list: readonly Upload[] = []
  #next = 1
  #busy = false
  /** Called whenever a file has arrived, failed or was stopped. */
  onSettled: (importId: string) => void = () => {}
  /** Called when a file that was on its way will not arrive whole: what came of it is to be forgotten. */
  onBroken: (importId: string, name: string) => void = () => {}

  constructor(send: SendFile) {
    this.#send = send
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly list = (): readonly Upload[] => this.#list

  add(importId: string, files: readonly { name: string; file: File }[]): void {
    const added = files.map(({ name, file }): Upload => {
      const key = this.#next++
      this.#waiting.set(key, { file, stop: new AbortController() })
      return { key, import_id: importId, name, bytes: file.size, sent: 0, state: 'waiting', took: 0, error: null }
    })
    this.#replace([...this.#list, ...added])
    void this.#run()
  }

  /** Stops an upload, or forgets one that failed. */
  remove(key: number): void {
    this.#waiting.get(key)?.stop.abort()
    this.#tellBroken(key)
    this.#forget(key)
  }

  retry(key: number): void {
    this.#tellBroken(key)
    this.#change(key, { state: 'waiting', sent: 0, error: null })
    void this.#run()
  }

  #forget(key: number): void {
    this.#waiting.delete(key)
    this.#replace(this.#list.filter((item) => item.key !== key))
  }

  #tellBroken(key: number): void {
    const item = this.#list.find((candidate) => candidate.key === key)
    if (item !== undefined && item.state !== 'waiting') this.onBroken(item.import_id, item.name)
  }

  async #run(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    for (let item = this.#first(); item !== undefined; item = this.#first()) await this.#one(item)
    this.#busy = false
  }

  #first(): Upload | undefined {
    return this.#list.find((item) => item.state === 'waiting')
  }

  async #one(item: Upload): Promise<void> {
    const waiting = this.#waiting.get(item.key)
    if (waiting === undefined) return
    const began = performance.now()
    this.#change(item.key, { state: 'sending' })
    try {
      await this.#send(
        item.import_id,
        item.name,
        waiting.file,
        (sent) => this.#change(item.key, { sent, took: performance.now() - began }),
        waiting.stop.signal,
      )
      this.#forget(item.key)
    } catch (error) {
      const known = error instanceof BinnacleError ? { message: error.message, cure: error.cure } : { message: 'The upload broke off.', cure: 'Try again.' }
      this.#change(item.key, { state: 'failed', error: known })
    }
    this.onSettled(item.import_id)
  }

  #change(key: number, change: Partial<Upload>): void {
    this.#replace(this.#list.map((item) => (item.key === key ? { ...item, ...change } : item)))
  }

  #replace(list: readonly Upload[]): void {
    this.#list = list
    for (const listener of this.#listeners) listener()
  }
}

// What every runtime has, Node and browsers alike, and the language itself does not declare.
interface AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}
declare var AbortSignal: { any(signals: readonly AbortSignal[]): AbortSignal }
declare var crypto: { getRandomValues<Bytes extends Uint8Array>(bytes: Bytes): Bytes }

import type pg from 'pg'

interface CopyConnection {
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
  sendCopyFail(message: string): void
  readonly stream: { readonly writableNeedDrain: boolean; once(event: 'drain', listener: () => void): unknown }
}

/** Sends text to `COPY ... FROM STDIN`. The driver has the messages but no copy of its own (node-postgres, lib/connection.js). */
export function copyInto(client: pg.Client, statement: string, source: AsyncIterable<string | Uint8Array>): Promise<void> {
  return new Promise((resolve, reject) => {
    let failed: Error | null = null
    const send = async (connection: CopyConnection): Promise<void> => {
      try {
        for await (const piece of source) {
          connection.sendCopyFromChunk(Buffer.from(piece))
          if (connection.stream.writableNeedDrain) await new Promise<void>((drained) => void connection.stream.once('drain', drained))
        }
        connection.endCopyFrom()
      } catch (error) {
        connection.sendCopyFail(error instanceof Error ? error.message : String(error))
      }
    }
    const ignore = (): void => undefined
    const copy = {
      submit: (connection: CopyConnection): void => connection.query(statement),
      handleCopyInResponse: (connection: CopyConnection): void => void send(connection),
      handleError: (error: Error): void => void (failed = error),
      handleReadyForQuery: (): void => (failed === null ? resolve() : reject(failed)),
      handleCommandComplete: ignore,
      handleRowDescription: ignore,
      handleDataRow: ignore,
      handleEmptyQuery: ignore,
      handlePortalSuspended: ignore,
      handleCopyData: ignore,
    }
    client.query(copy as unknown as pg.Submittable)
  })
}

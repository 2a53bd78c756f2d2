/** Sends rows in batches, the next one being filled while one is under way. Never more than two batches are held. */
export interface BatchWriter<Row> {
  push(row: Row): void
  /** To be awaited between chunks of rows: sends what is due and waits where the store is behind. */
  drain(): Promise<void>
  /** Sends the rest. After it all rows are stored. */
  end(): Promise<void>
}

export function createBatchWriter<Row extends object>(send: (rows: Row[]) => Promise<void>, size: number): BatchWriter<Row> {
  let rows: Row[] = []
  let underWay: Promise<void> = Promise.resolve()
  const sendNow = async (): Promise<void> => {
    const batch = rows
    rows = []
    await underWay
    underWay = send(batch)
    // The failure is met where the promise is awaited; until then it must not count as unhandled.
    underWay.catch(() => undefined)
  }
  return {
    push: (row) => void rows.push(row),
    drain: async () => {
      if (rows.length >= size) await sendNow()
    },
    end: async () => {
      if (rows.length > 0) await sendNow()
      await underWay
    },
  }
}

import { param, sql } from '../../kernel/sql.ts'
import { nameOfId } from '../../kernel/words/names.ts'
import { accountDimensionLedger } from '../../ledgers/account-dimension-ledger.ts'
import type { Book } from '../../metrics/kit/book.ts'
import { attributeOrder } from '../dimensions.ts'
import { textCells } from './column.ts'
import type { Column, ColumnHead } from './column.ts'
import type { Frame } from './frame.ts'

export const attributeHead = (attribute: string, id = attribute): ColumnHead => ({
  id,
  name: nameOfId(attribute),
  says: 'An attribute of the account as it was on the day',
  of: 'attribute',
  kind: 'text',
  unit: null,
  currency: null,
  better: 'context',
})

/** Attributes that any account ever had, in the order in which they are offered. */
export async function readAttributeIds({ store, ledger }: Book): Promise<string[]> {
  const here = sql`SELECT DISTINCT toString(dimension) AS id FROM (${ledger(accountDimensionLedger)}) WHERE value != ''`
  const rows = await store.read<{ id: string }>(sql`SELECT DISTINCT id FROM ${store.shardLocal(here)}`)
  return rows.map(({ id }) => id).sort(attributeOrder)
}

/** An attribute of all accounts as it was at the close of the day of the frame. */
export async function readAttribute({ store, ledger }: Book, frame: Frame, head: ColumnHead, attribute: string): Promise<Column> {
  const here = sql`
    SELECT account_id, toString(argMax(value, day)) AS value FROM (${ledger(accountDimensionLedger)})
    WHERE dimension = ${param('String', attribute)} AND day <= ${param('Date32', frame.day)} GROUP BY account_id`
  const values = new Array<string>(frame.accounts.length).fill('')
  for await (const chunk of store.readChunks<{ account_id: string; value: string }>(sql`SELECT * FROM ${store.shardLocal(here)}`))
    for (const { account_id, value } of chunk) {
      const place = frame.places.get(account_id)
      if (place !== undefined) values[place] = value
    }
  return { head, cells: textCells(values, 'Not recorded') }
}

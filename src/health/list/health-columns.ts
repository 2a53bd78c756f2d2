import { numberCells, textCells } from '../../books/accounts/column.ts'
import type { Cells, Column, NumberCells } from '../../books/accounts/column.ts'
import type { Frame } from '../../books/accounts/frame.ts'
import type { ColumnProvider, ProviderAsked } from '../../books/accounts/provider.ts'
import { askKept } from '../../books/ask.ts'
import type { Asking } from '../../books/ask.ts'
import type { Books } from '../../books/books.ts'
import { boundStore } from '../../facts/store.ts'
import { BANDS, capWords } from '../../kernel/words/health.ts'
import type { Standings } from '../standing.ts'
import { healthHeads } from './heads.ts'
import type { HealthColumn } from './heads.ts'
import { meanChance, worthOfAnHour } from './hour.ts'
import { NOTHING_SAID, readSaidBy, readToldOn, toldNow } from './said.ts'
import type { Told, ToldOn } from './said.ts'

const TOO_LITTLE = BANDS.unknown.says
const NO_CHANCE = 'No chance is known: too few have decided to leave, or the day is past'

/** A number of what is told of an account, or why there is none. */
type NumberOf = (told: Told) => number | { readonly why: string }
type WordOf = (told: Told) => string | null

const known = (value: number | null, why: string): number | { readonly why: string } => value ?? { why }

const NUMBERS: Readonly<Partial<Record<HealthColumn, NumberOf>>> = {
  score: ({ score }) => known(score, TOO_LITTLE),
  trend: ({ trend }) => known(trend, 'Fewer than five weeks are known, or the day is past'),
  coverage: ({ coverage }) => coverage,
  confidence: ({ confidence }) => confidence,
  low: ({ low }) => low,
  churn_probability: ({ churn_probability, decided_on }) => known(churn_probability, decided_on === null ? NO_CHANCE : 'It has decided to leave'),
  deadline_days: ({ deadline_days }) => known(deadline_days, 'No contract must be decided about'),
  deadline_arr: ({ deadline_arr, next_deadline }) =>
    next_deadline === null ? { why: 'No contract must be decided about' } : known(deadline_arr, 'An exchange rate is missing'),
}

const WORDS: Readonly<Partial<Record<HealthColumn, readonly [WordOf, why: string]>>> = {
  band: [({ band }) => band, 'Only customers are scored'],
  cap: [({ binding }) => (binding === null ? null : capWords(binding.id).label), 'Nothing caps it'],
  model: [({ model }) => model, 'Only customers are scored'],
  decided_on: [({ decided_on }) => decided_on, 'It has not decided to leave'],
  next_deadline: [({ next_deadline }) => next_deadline, 'No contract must be decided about'],
}

function numbersOf({ accounts }: Frame, { rows, otherwise }: ToldOn, of: NumberOf): NumberCells {
  return numberCells(
    accounts.map((account) => {
      const told = rows.get(account)
      return told === undefined ? { why: otherwise } : of(told)
    }),
  )
}

function cellsOf(frame: Frame, told: ToldOn, id: HealthColumn): Cells {
  const number = NUMBERS[id]
  if (number !== undefined) return numbersOf(frame, told, number)
  const words = WORDS[id]
  const row = (account: string): Told | undefined => told.rows.get(account)
  if (words !== undefined) {
    const [of, why] = words
    return textCells(
      frame.accounts.map((account) => {
        const one = row(account)
        return one === undefined ? null : of(one)
      }),
      told.rows.size === 0 ? told.otherwise : why,
    )
  }
  const usual = meanChance([...told.rows.values()])
  if (id === 'hour')
    return numbersOf(frame, told, (one) => {
      const { worth, because } = worthOfAnHour(one, usual)
      return worth ?? { why: because }
    })
  return textCells(
    frame.accounts.map((account) => {
      const one = row(account)
      return one === undefined ? null : worthOfAnHour(one, usual).because
    }),
    told.otherwise,
  )
}

/** What is told on the day of a list, and what it hangs on beside the state of the ledgers. */
async function readTold(
  books: Books,
  standings: Standings,
  { opened, frame: { day }, isPresent }: ProviderAsked,
  asking: Asking,
): Promise<{ told: ToldOn; key: string }> {
  if (isPresent) {
    const standing = await standings.read(asking)
    return { told: toldNow(standing.rows), key: standing.key }
  }
  const { book, key } = opened
  const by = await readSaidBy({ store: boundStore(book.store, { signal: asking.signal }) }, day)
  if (by === null) return { told: NOTHING_SAID, key: '' }
  const said = `health ${key} ${day} ${by.mode} ${by.accounts}`
  return { told: await askKept(books.kept.accounts, said, books.lanes, book, (open) => readToldOn(open, day, by), asking), key: `${by.mode} ${by.accounts}` }
}

/** The health of accounts as columns of their list: as they stand now, or as was said at the close of a day. */
export const healthColumns = (books: Books, standings: Standings): ColumnProvider => ({
  heads: ({ settings }) => Object.values(healthHeads(settings)),
  usual: ['score', 'band', 'next_deadline'],
  async read(asked, asking) {
    const { told, key } = await readTold(books, standings, asked, asking)
    const heads = Object.entries(healthHeads(asked.opened.book.settings)).filter(([id]) => asked.ids.includes(id))
    return { columns: heads.map(([id, head]): Column => ({ head, cells: cellsOf(asked.frame, told, id as HealthColumn) })), key, note: told.note }
  },
})

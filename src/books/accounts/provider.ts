import type { Book } from '../../metrics/kit/book.ts'
import type { Asking } from '../ask.ts'
import type { OpenBook } from '../read-book.ts'
import type { Column, ColumnHead } from './column.ts'
import type { Frame } from './frame.ts'

/** What a provider is asked. */
export interface ProviderAsked {
  readonly opened: OpenBook
  /** The accounts in their order, and the day. */
  readonly frame: Frame
  readonly ids: readonly string[]
  /** The list is of today, by all that is known now. */
  readonly isPresent: boolean
}

export interface Provided {
  readonly columns: readonly Column[]
  readonly key: string
  readonly note: string | null
}

/** A room that knows more of accounts than books do, such as their health. Columns come from it as from metrics. */
export interface ColumnProvider {
  /** What it can tell; the ids are its own words and stand before metrics and attributes of that name. */
  readonly heads: (book: Book) => readonly ColumnHead[]
  /** Those among its columns that everybody looks at first. */
  readonly usual: readonly string[]
  /** Its columns of every account of the frame; where it knows nothing of a day they say why. Equal keys mean equal cells; the note is to be read with them. */
  readonly read: (asked: ProviderAsked, asking: Asking) => Promise<Provided>
}

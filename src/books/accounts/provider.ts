import type { Book } from '../../metrics/kit/book.ts'
import type { Asking } from '../ask.ts'
import type { OpenBook } from '../read-book.ts'
import type { Column, ColumnHead } from './column.ts'
import type { Frame } from './frame.ts'

/** A room that knows more of accounts than books do, such as their health. Columns come from it as from metrics. */
export interface ColumnProvider {
  /** What it can tell; the ids are its own words and stand before metrics and attributes of that name. */
  readonly heads: (book: Book) => readonly ColumnHead[]
  /** Those among its columns that everybody looks at first. */
  readonly usual: readonly string[]
  /** Its columns of every account of the frame, on the day of the frame. Where it knows nothing of a day, they say why. */
  readonly read: (opened: OpenBook, frame: Frame, ids: readonly string[], asking: Asking) => Promise<readonly Column[]>
}

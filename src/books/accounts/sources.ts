import { refuse } from '../../kernel/errors.ts'
import { didYouMean } from '../../kernel/nearest.ts'
import type { Day, Period } from '../../kernel/period.ts'
import { settled } from '../../metrics/kit/option.ts'
import type { Book } from '../../metrics/kit/book.ts'
import { attributeHead } from './attribute-columns.ts'
import type { ColumnHead } from './column.ts'
import { CONTRACT_HEADS, FRAME_HEADS } from './frame.ts'
import type { ContractColumn } from './frame.ts'
import { isOfAccounts, metricHead, periodFor } from './metric-columns.ts'
import type { MetricColumn } from './metric-columns.ts'
import type { ColumnProvider } from './provider.ts'
import { parseColumn } from './wanted.ts'

/** Where a column comes from. */
export type Source =
  | { readonly of: 'account'; readonly head: ColumnHead }
  | { readonly of: 'contract'; readonly head: ColumnHead; readonly column: ContractColumn }
  | { readonly of: 'attribute'; readonly head: ColumnHead; readonly attribute: string }
  | ({ readonly of: 'metric' } & MetricColumn)
  | { readonly of: 'health'; readonly head: ColumnHead; readonly provider: ColumnProvider }

/** Everything that can be a column of a book on a day. */
export interface Offer {
  readonly book: Book
  readonly day: Day
  /** The period of what happens between two days; else the twelve months that end with the day. */
  readonly period: Period | undefined
  readonly attributes: readonly string[]
  readonly providers: readonly ColumnProvider[]
}

const OWN = 'attribute:'

const ACCOUNT_HEADS: readonly ColumnHead[] = [...Object.values(FRAME_HEADS), ...Object.values(CONTRACT_HEADS)]
const accountHead = (name: string): ColumnHead | undefined => ACCOUNT_HEADS.find(({ id }) => id === name)

const isContract = (id: string): id is ContractColumn => Object.hasOwn(CONTRACT_HEADS, id)

/** Whether another room tells it. */
const isTold = ({ book, providers }: Offer, name: string): boolean => providers.some((provider) => provider.heads(book).some(({ id }) => id === name))

const isTaken = (offer: Offer, name: string): boolean => accountHead(name) !== undefined || offer.book.catalogue.find(name) !== undefined || isTold(offer, name)

/** An attribute that bears the name of something else is asked for by "attribute:NAME". */
const attributeId = (offer: Offer, attribute: string): string => (isTaken(offer, attribute) ? `${OWN}${attribute}` : attribute)

/** Every column there is, without the periods and options that a metric may have. */
export function offeredHeads(offer: Offer): ColumnHead[] {
  const { book, attributes, providers } = offer
  return [
    ...ACCOUNT_HEADS,
    ...providers.flatMap((provider) => provider.heads(book)),
    ...attributes.map((attribute) => attributeHead(attribute, attributeId(offer, attribute))),
    ...book.catalogue.all.filter((metric) => isOfAccounts(book.catalogue, metric)).map((metric) => metricHead(metric, book)),
  ]
}

/** The columns that nobody chose. */
export const usualColumns = ({ attributes, providers }: Offer): string[] => [
  ...providers.flatMap(({ usual }) => usual),
  'arr',
  ...['segment', 'csm'].filter((attribute) => attributes.includes(attribute)),
  'customer_since',
  'nrr',
]

/** Throws `unknown_column`, `bad_column`, `dimension_not_supported`, `unknown_option` and `bad_option`. */
export function sourceOf(text: string, offer: Offer): Source {
  const { book, attributes, providers } = offer
  const written = text.trim()
  const attribute = written.startsWith(OWN) ? written.slice(OWN.length) : written
  if (attributes.includes(attribute) && written === attributeId(offer, attribute))
    return { of: 'attribute', head: attributeHead(attribute, written), attribute }
  const head = accountHead(written)
  if (head !== undefined) return isContract(head.id) ? { of: 'contract', head, column: head.id } : { of: 'account', head }
  for (const provider of providers) {
    const told = provider.heads(book).find(({ id }) => id === written)
    if (told !== undefined) return { of: 'health', head: told, provider }
  }
  return metricOf(written, offer)
}

function metricOf(written: string, offer: Offer): Source {
  const { book, day, period } = offer
  const { id, name, options, period: own } = parseColumn(written, day)
  const metric = book.catalogue.find(name)
  if (metric === undefined) {
    const known = offeredHeads(offer).map((head) => head.id)
    throw refuse('unknown_column', `There is no column "${name}".`, didYouMean(name, known, 'Columns are'))
  }
  if (!isOfAccounts(book.catalogue, metric))
    throw refuse('dimension_not_supported', `${metric.name} is not known by account.`, 'List the columns to see which metrics an account can have.')
  for (const option of Object.keys(options))
    if (metric.options[option] === undefined)
      throw refuse('unknown_option', `${metric.name} has no option "${option}".`, didYouMean(option, Object.keys(metric.options), 'Its options are'))
  settled(metric.options, book.settings, options)
  return { of: 'metric', head: metricHead(metric, book, id), metric: name, options, period: own ?? periodFor(metric, book.catalogue, period, day) }
}

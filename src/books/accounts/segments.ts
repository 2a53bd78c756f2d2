import { BinnacleError, notFound, refuse } from '../../kernel/errors.ts'
import type { Asking } from '../ask.ts'
import type { KeptVersion } from '../books.ts'
import { parseConditions } from './conditions.ts'
import { readList } from './list.ts'
import type { ListAsked, Which } from './list.ts'
import type { Listing, ListMoment } from './open-list.ts'
import { SEGMENT_OF } from '../segment-filters.ts'

/** A list of accounts with a name: its filters are usable wherever a filter is, its columns and order come along. */
export interface Segment {
  readonly name: string
  readonly accounts: Which
  readonly where: string[]
  readonly column: string[]
  readonly sort: string | null
}

export interface KeptSegment extends Segment {
  readonly id: string
  readonly version: number
  readonly made_at: string
  readonly made_by: string | null
}

/** A version that says so takes the segment away; those before it stay readable. */
interface Written extends Segment {
  readonly is_gone?: boolean
}

const toSegment = ({ definition, ...kept }: KeptVersion): KeptSegment & { readonly is_gone: boolean } => {
  const { is_gone = false, ...written } = JSON.parse(definition) as Written
  return { ...kept, ...written, is_gone }
}

/** Letters and digits of the name, by which filters name it. */
export const segmentId = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')

/** Every segment in force, by name. */
export async function listSegments({ books }: Listing): Promise<KeptSegment[]> {
  const all = (await books.segments.readAllInForce()).map(toSegment)
  return all
    .filter(({ is_gone }) => !is_gone)
    .map(({ is_gone: _, ...segment }) => segment)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Throws `not_found`. */
async function readSegment(listing: Listing, id: string): Promise<KeptSegment> {
  const version = await listing.books.segments.readInForce(id)
  const segment = version === null ? null : toSegment(version)
  if (segment === null || segment.is_gone) throw notFound('segment', id, 'List the segments to see their ids.')
  return segment
}

async function append({ books }: Listing, { asker }: Asking, id: string, written: Written): Promise<KeptSegment> {
  return toSegment(await books.segments.append({ id, definition: JSON.stringify(written), made_at: books.clock.now().toISOString(), made_by: asker.name }))
}

/** Throws `bad_segment`, and what its list throws when it is read. */
async function check(listing: Listing, asking: Asking, { name, accounts, where, column, sort }: Segment): Promise<void> {
  if (segmentId(name) === '') throw refuse('bad_segment', 'A segment needs a name.', 'Name it with letters or digits.')
  if (parseConditions(where).some((condition) => condition.column === SEGMENT_OF))
    throw refuse('bad_segment', 'A segment does not rest on another.', 'Write out the filters of the other one.')
  await readList(listing, asking, { accounts, where, column, ...(sort === null ? {} : { sort }) })
}

/** Makes one under a new name. Throws `name_taken`, `bad_segment`, and what its list throws when it is read. */
export async function makeSegment(listing: Listing, asking: Asking, segment: Segment): Promise<KeptSegment> {
  await check(listing, asking, segment)
  const id = segmentId(segment.name)
  const present = await listing.books.segments.readInForce(id)
  if (present !== null && !toSegment(present).is_gone)
    throw new BinnacleError('name_taken', `There is a segment "${segment.name}" already.`, {
      cure: 'Change that one, or give this one another name.',
      status: 409,
    })
  return append(listing, asking, id, segment)
}

/** Saves a new version, in force from then on. Throws `not_found`, `bad_segment`, `changed_meanwhile`. */
export async function changeSegment(listing: Listing, asking: Asking, id: string, segment: Segment): Promise<KeptSegment> {
  await readSegment(listing, id)
  await check(listing, asking, segment)
  return append(listing, asking, id, segment)
}

/** Takes it away; its versions stay. Throws `not_found`. */
export async function removeSegment(listing: Listing, asking: Asking, id: string): Promise<KeptSegment> {
  const { name, accounts, where, column, sort } = await readSegment(listing, id)
  await append(listing, asking, id, { name, accounts, where, column, sort, is_gone: true })
  return readSegmentAsItWas(listing, id)
}

async function readSegmentAsItWas({ books }: Listing, id: string): Promise<KeptSegment> {
  const last = await books.segments.readInForce(id)
  if (last === null) throw notFound('segment', id, 'List the segments to see their ids.')
  const { is_gone: _, ...segment } = toSegment(last)
  return segment
}

/** Every version, the oldest first. Throws `not_found`. */
export async function segmentVersions({ books }: Listing, id: string): Promise<(KeptSegment & { readonly is_gone: boolean })[]> {
  const versions = await books.segments.readAll(id)
  if (versions.length === 0) throw notFound('segment', id, 'List the segments to see their ids.')
  return versions.map(toSegment)
}

/** The accounts of a segment on a day; equal keys mean equal accounts at one state of the ledgers. Throws `not_found`, and what its list throws. */
export async function membersOf(
  listing: Listing,
  asking: Asking,
  id: string,
  { as_of, reported_on }: ListMoment,
): Promise<{ accounts: readonly string[]; key: string }> {
  const { accounts: which, where, version } = await readSegment(listing, id)
  const asked: ListAsked = { accounts: which, where, column: ['account'], sort: 'account', as_of, reported_on }
  const { list, order, rests } = await readList(listing, asking, asked)
  return { accounts: Array.from(order, (place) => list.frame.accounts[place] ?? ''), key: `${version} ${rests}` }
}

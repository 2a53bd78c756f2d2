import type { Clock } from '../kernel/clock.ts'
import { notFound, refuse } from '../kernel/errors.ts'
import type { Day } from '../kernel/period.ts'
import { addDays } from '../kernel/period.ts'
import { DEFAULT_MODEL } from './default-model.ts'
import type { HealthModel } from './model.ts'
import { CAP_BOUNDS, checkModel, inputsOf } from './model.ts'
import type { HealthModels, ModelPlace } from './models.ts'
import { DEFAULT_ORDER } from './models.ts'

/** A version as the workspace keeps it. */
export interface KeptVersion {
  readonly id: string
  readonly version: number
  readonly definition: string
  readonly made_at: string
  readonly made_by: string | null
  readonly reason: string | null
}

/** Where models and their order are kept: every version, by id. */
export interface HealthVersions {
  readInForce(id: string): Promise<KeptVersion | null>
  readAllInForce(): Promise<KeptVersion[]>
  readAllAt(instant: string): Promise<KeptVersion[]>
  readAll(id: string): Promise<KeptVersion[]>
  append(next: Omit<KeptVersion, 'version'>): Promise<KeptVersion>
}

/** Who made a version, when and why. */
export interface Made {
  readonly version: number
  /** Null for what nobody made. */
  readonly made_at: string | null
  readonly made_by: string | null
  readonly reason: string | null
}

export type MadeModel = Made & { readonly model: HealthModel }
export type MadeOrder = Made & { readonly order: readonly ModelPlace[] }

const ORDER = 'order'
const OF_MODEL = 'model '
const keyOf = (id: string): string => `${OF_MODEL}${id}`

const NOBODY: Made = { version: 1, made_at: null, made_by: null, reason: null }
const USUAL: MadeModel = { ...NOBODY, model: DEFAULT_MODEL }

/** What stands before anybody made a version is the first one. */
const before = (key: string): number => (key === keyOf(DEFAULT_MODEL.id) || key === ORDER ? 1 : 0)

const madeOf = ({ id, version, made_at, made_by, reason }: KeptVersion): Made => ({ version: version + before(id), made_at, made_by, reason })

function toModel(kept: KeptVersion): MadeModel {
  const made = madeOf(kept)
  return { ...made, model: { ...(JSON.parse(kept.definition) as Omit<HealthModel, 'version'>), version: made.version } }
}

const toOrder = (kept: KeptVersion): MadeOrder => ({ ...madeOf(kept), order: JSON.parse(kept.definition) as ModelPlace[] })

/** Every model as it is in force, or was on an instant, by id; the default always. */
export async function readModelList(versions: HealthVersions, instant?: string): Promise<{ readonly models: MadeModel[]; readonly order: MadeOrder }> {
  const kept = await (instant === undefined ? versions.readAllInForce() : versions.readAllAt(instant))
  const made = kept.filter(({ id }) => id.startsWith(OF_MODEL)).map(toModel)
  const order = kept.find(({ id }) => id === ORDER)
  return {
    models: made.some(({ model }) => model.id === DEFAULT_MODEL.id) ? made : [USUAL, ...made],
    order: order === undefined ? { ...NOBODY, order: DEFAULT_ORDER } : toOrder(order),
  }
}

/** The models that score accounts now, or did on an instant. */
export async function readModels(versions: HealthVersions, instant?: string): Promise<HealthModels> {
  const { models, order } = await readModelList(versions, instant)
  return { order: order.order, models: new Map(models.map(({ model }) => [model.id, model])) }
}

/** Every version of a model, the oldest first. Throws `not_found`. */
export async function readModelVersions(versions: HealthVersions, id: string): Promise<MadeModel[]> {
  const made = (await versions.readAll(keyOf(id))).map(toModel)
  const all = id === DEFAULT_MODEL.id ? [USUAL, ...made] : made
  if (all.length === 0) throw notFound('health model', id, 'List the models to see their ids.')
  return all
}

/** Every order that ever stood, the oldest first. */
export const readOrders = async (versions: HealthVersions): Promise<MadeOrder[]> => [
  { ...NOBODY, order: DEFAULT_ORDER },
  ...(await versions.readAll(ORDER)).map(toOrder),
]

export interface Saving {
  readonly clock: Clock
  readonly author: string | null
  readonly reason: string
}

const checkReason = (reason: string): string => {
  if (reason.trim() === '') throw refuse('no_reason', 'A version needs a reason.', 'Say in a sentence why it is made: whoever reads its history will ask.')
  return reason.trim()
}

/** Refuses a model whose own caps end too late, or whose percentiles nobody took; of a draft these are taken when it is saved. */
export function checkSaved(model: HealthModel, today: Day, as: 'draft' | 'saved' = 'saved'): void {
  checkModel(model)
  const last = addDays(today, CAP_BOUNDS.days)
  for (const [id, { until }] of Object.entries(model.own_caps))
    if (until < today || until > last)
      throw refuse('bad_health_model', `The cap "${id}" ends on ${until}.`, `Let it end between ${today} and ${last}: whoever wants it longer says so again.`)
  const untaken = inputsOf(model.families).find(({ scale }) => scale.points.length === 0)
  if (as === 'saved' && untaken !== undefined)
    throw refuse('bad_health_model', `The percentiles of "${untaken.id}" are not taken.`, 'Save it with facts of accounts that have it.')
}

/**
 * Saves a model, which is in force from then on wherever the order names it; what is in force already makes no version. Throws
 * `no_reason`, `changed_meanwhile`.
 */
export async function saveModel(versions: HealthVersions, { version: _, ...model }: HealthModel, { clock, author, reason }: Saving): Promise<MadeModel> {
  const key = keyOf(model.id)
  const [definition, { version: __, ...usual }] = [JSON.stringify(model), DEFAULT_MODEL]
  // The usual default is a version though nobody made it.
  if (definition === JSON.stringify(usual) && (await versions.readInForce(key)) === null) return USUAL
  return toModel(await versions.append({ id: key, definition, reason: checkReason(reason), made_at: clock.now().toISOString(), made_by: author }))
}

/** Saves the order of models. Throws `no_reason`, `changed_meanwhile`. */
export async function saveOrder(versions: HealthVersions, order: readonly ModelPlace[], { clock, author, reason }: Saving): Promise<MadeOrder> {
  const definition = JSON.stringify(order)
  if (definition === JSON.stringify(DEFAULT_ORDER) && (await versions.readInForce(ORDER)) === null) return { ...NOBODY, order: DEFAULT_ORDER }
  return toOrder(await versions.append({ id: ORDER, definition, reason: checkReason(reason), made_at: clock.now().toISOString(), made_by: author }))
}

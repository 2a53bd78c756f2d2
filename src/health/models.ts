import { DEFAULT_MODEL } from './default-model.ts'
import { NONE } from '../metrics/ask/dimensions.ts'
import type { HealthModel } from './model.ts'

/** Which accounts a model scores, and whether it speaks. */
export interface ModelPlace {
  readonly model: string
  /** By dimension the values of which an account has one: attributes, or `product` of what it pays for. All accounts where it is empty. */
  readonly where: Readonly<Record<string, readonly string[]>>
  /** In shadow it is scored beside the model in force and raises nothing. */
  readonly state: 'on' | 'shadow'
}

/** What of an account decides by which model it is scored, on a day. */
export interface ModelAccount {
  readonly attributes: Readonly<Record<string, string>>
  /** Of its contracts in force. */
  readonly products: readonly string[]
}

/** The models of a workspace at one moment, in the order in which accounts are given to them. */
export interface HealthModels {
  /** The first whose filter an account meets scores it. The last that is on has none. */
  readonly order: readonly ModelPlace[]
  readonly models: ReadonlyMap<string, HealthModel>
}

export const PRODUCT = 'product'

export const DEFAULT_ORDER: readonly ModelPlace[] = [{ model: DEFAULT_MODEL.id, where: {}, state: 'on' }]

/** Models as they are while nobody made any. */
export const USUAL_MODELS: HealthModels = { order: DEFAULT_ORDER, models: new Map([[DEFAULT_MODEL.id, DEFAULT_MODEL]]) }

/** Whether an account is one of those that a filter names. */
export const meetsFilter = (where: ModelPlace['where'], { attributes, products }: ModelAccount): boolean =>
  Object.entries(where).every(([dimension, values]) =>
    (dimension === PRODUCT ? products : [attributes[dimension] ?? '']).some((value) => values.includes(value || NONE)),
  )

/** The model in force of an account. */
export function modelFor({ order, models }: HealthModels, account: ModelAccount): HealthModel {
  const place = order.find(({ state, where }) => state === 'on' && meetsFilter(where, account))
  return (place === undefined ? undefined : models.get(place.model)) ?? DEFAULT_MODEL
}

/** The models that score an account beside the one in force. */
export const shadowsFor = ({ order, models }: HealthModels, account: ModelAccount): HealthModel[] =>
  order.flatMap(({ model, state, where }) => (state === 'shadow' && meetsFilter(where, account) ? (models.get(model) ?? []) : []))

/** Models that any account may be scored by. */
export const modelsOf = ({ order, models }: HealthModels, state: ModelPlace['state']): HealthModel[] => [
  ...new Set(order.flatMap((place) => (place.state === state ? (models.get(place.model) ?? []) : []))),
]

/** The dimensions by which accounts are told apart. */
export const attributesAsked = ({ order }: HealthModels): string[] => [...new Set(order.flatMap(({ where }) => Object.keys(where)))]

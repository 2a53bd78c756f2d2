import type { Day } from '../kernel/period.ts'
import { parseFilters } from '../metrics/ask/dimensions.ts'
import type { Book } from '../metrics/kit/book.ts'
import { readMetricInputs } from './metric-inputs.ts'
import type { HealthModel, HealthNode, InputNode } from './model.ts'
import { inputsOf, metricsRead } from './model.ts'
import type { HealthModels } from './models.ts'
import { attributesAsked, meetsFilter, modelFor, modelsOf } from './models.ts'
import { anchors, percentileScale } from './normalise.ts'
import type { RawMetric } from './readings.ts'
import type { AccountStanding } from './standing/account-standing.ts'
import { readModelAccounts } from './standing/read-model-accounts.ts'
import type { Said, TriedAccount } from './trial.ts'

/** A customer of today, as any model can be tried on it. */
export interface TryableAccount {
  readonly account_id: string
  readonly name: string
  /** Null where a rate is not known. */
  readonly arr: number | null
  standingBy(model: HealthModel, metrics: Readonly<Record<string, RawMetric>>): Pick<AccountStanding, 'model' | 'score' | 'band' | 'inputs'>
}

/** All customers of today. */
export interface TryableFleet {
  readonly day: Day
  readonly accounts: readonly TryableAccount[]
}

/** The models as they would be with a draft in force: in its place in the order, or for all accounts where it has none that is on. */
export function withDraft({ order, models }: HealthModels, draft: HealthModel): HealthModels {
  const isOn = order.some(({ model, state }) => model === draft.id && state === 'on')
  const where = order.find(({ model }) => model === draft.id)?.where ?? {}
  return {
    order: isOn ? order : [{ model: draft.id, where, state: 'on' }, ...order],
    models: new Map([...models, [draft.id, draft]]),
  }
}

const mapInputs = (nodes: readonly HealthNode[], change: (input: InputNode) => InputNode): HealthNode[] =>
  nodes.map((node) => (node.kind === 'input' ? change(node) : { ...node, children: mapInputs(node.children, change) }))

const filterOf = (of: readonly string[]): Record<string, readonly string[]> =>
  Object.fromEntries(parseFilters(of).map(({ dimension, values }) => [dimension, values]))

const isUntaken = ({ scale }: InputNode): boolean => scale.percentiles !== undefined && scale.percentiles.taken_on === null

/** The draft with percentiles taken of today's accounts. They stay empty where no account has a value. */
export async function takePercentiles(book: Book, fleet: TryableFleet, draft: HealthModel): Promise<HealthModel> {
  const untaken = inputsOf(draft.families).filter(isUntaken)
  if (untaken.length === 0) return draft
  const filters = new Map(untaken.map(({ id, scale }) => [id, filterOf(scale.percentiles?.of ?? [])]))
  const [metrics, accountOf] = await Promise.all([
    readMetricInputs(book, metricsRead(draft), fleet.day),
    readModelAccounts(book, [...new Set([...filters.values()].flatMap(Object.keys))], fleet.day),
  ])
  const values = new Map(untaken.map(({ id }) => [id, [] as number[]]))
  // Until they are taken an input is read, and scores nothing.
  const readable = { ...draft, families: mapInputs(draft.families, (input) => (isUntaken(input) ? { ...input, scale: anchors([0, 0]) } : input)) }
  for (const account of fleet.accounts) {
    const { inputs } = account.standingBy(readable, metrics.of(account.account_id))
    for (const [id, all] of values) {
      const reading = inputs[id]
      if (reading !== undefined && 'value' in reading && meetsFilter(filters.get(id) ?? {}, accountOf(account.account_id))) all.push(reading.value)
    }
  }
  const families = mapInputs(draft.families, (input) => {
    const { percentiles } = input.scale
    const found = values.get(input.id)
    if (percentiles === undefined || found === undefined || found.length === 0) return input
    return { ...input, scale: { ...percentileScale(found, percentiles.better), percentiles: { ...percentiles, taken_on: fleet.day } } }
  })
  return { ...draft, families }
}

/** Every customer of today under the models in force and with a draft among them. */
export async function tryModel(book: Book, fleet: TryableFleet, models: HealthModels, draft: HealthModel): Promise<TriedAccount[]> {
  const after = withDraft(models, draft)
  const read = [...new Map([...modelsOf(models, 'on'), draft].flatMap(metricsRead).map((operand) => [JSON.stringify(operand), operand])).values()]
  const [metrics, accountOf] = await Promise.all([
    readMetricInputs(book, read, fleet.day),
    readModelAccounts(book, [...new Set([...attributesAsked(models), ...attributesAsked(after)])], fleet.day),
  ])
  return fleet.accounts.map((account): TriedAccount => {
    const { account_id, name, arr } = account
    const [of, where] = [metrics.of(account_id), accountOf(account_id)]
    const [old, next] = [modelFor(models, where), modelFor(after, where)]
    const said = (by: HealthModel): Said => {
      const { model, score, band } = account.standingBy(by, of)
      return { model, score, band }
    }
    const before = said(old)
    return { account_id, name, arr: arr ?? 0, before, after: next === old ? before : said(next) }
  })
}

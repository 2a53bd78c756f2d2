import type { Contract } from '../contract/contract.ts'
import type { healthModelOps } from '../contract/health-models.ts'
import { DEFAULT_MODEL } from '../health/default-model.ts'
import { checkDraft, checkOrderText, readMetrics, saveDraft, saveOrderText, tryDraft } from '../health/drafts.ts'
import type { DraftNeeds } from '../health/drafts.ts'
import { printModel, printOrder, printWritten } from '../health/files/print-model.ts'
import { inputsOf } from '../health/model.ts'
import { modelChanges } from '../health/model-changes.ts'
import type { MadeOrder } from '../health/model-versions.ts'
import { readModelList, readModelVersions, readOrders } from '../health/model-versions.ts'
import { notFound, refuse } from '../kernel/errors.ts'
import type { Handlers } from './handler.ts'
import { fromParts, toParts } from './health-model-parts.ts'

type Draft = Parameters<Handlers<Contract>['checkHealthModel']>[0]['body']

const textOf = ({ text, model }: Draft): string => {
  if (text === undefined && model === undefined) throw refuse('no_draft', 'There is no draft.', 'Send its text, or the model in parts.')
  return text ?? (model === undefined ? '' : printWritten(fromParts(model)))
}

const toOrder = ({ order, ...made }: MadeOrder) => ({
  ...made,
  places: order.map(({ model, where, state }) => ({
    model,
    where: Object.fromEntries(Object.entries(where).map(([name, values]) => [name, [...values]])),
    state,
  })),
  text: printOrder(order),
})

export const healthModelHandlers = ({ health }: { readonly health: DraftNeeds }): Pick<Handlers<Contract>, keyof typeof healthModelOps> => {
  return {
    async listHealthModels(_, { asker, signal }) {
      const [{ models, order }, metrics] = await Promise.all([readModelList(health.versions), readMetrics(health.books, { asker, signal })])
      return {
        models: models.map(({ model, ...made }) => ({
          id: model.id,
          name: model.name,
          ...made,
          inputs: inputsOf(model.families).length,
          states: [...new Set(order.order.flatMap((place) => (place.model === model.id ? [place.state] : [])))],
        })),
        order: toOrder(order),
        inputs: metrics.map(({ id, name, unit, options }) => ({
          id,
          name,
          unit,
          options: Object.fromEntries(Object.entries(options).map(([option, choices]) => [option, [...choices]])),
        })),
        caps: Object.entries(DEFAULT_MODEL.caps).map(([id, terms]) => ({ id, ...terms })),
      }
    },
    async readHealthModel({ params: { id }, query: { version } }, { asker, signal }) {
      const [all, metrics] = await Promise.all([readModelVersions(health.versions, id), readMetrics(health.books, { asker, signal })])
      const found = version === undefined ? all.at(-1) : all.find((each) => each.version === version)
      if (found === undefined) throw notFound('version of the health model', `${id}@${version}`, `Its last is ${all.at(-1)?.version}.`)
      const { model, ...made } = found
      return { id, ...made, text: printModel(model, metrics), model: toParts(model, metrics) }
    },
    async listHealthModelVersions({ params: { id } }, { asker, signal }) {
      const [all, metrics] = await Promise.all([readModelVersions(health.versions, id), readMetrics(health.books, { asker, signal })])
      const told = all.map(({ model, ...made }, i) => {
        const before = all[i - 1]
        return { ...made, changes: before === undefined ? [] : modelChanges(before.model, model, metrics) }
      })
      return told.reverse()
    },
    async checkHealthModel({ body }, { asker, signal }) {
      const { faults, model, changes, present, metrics } = await checkDraft(health, { asker, signal }, textOf(body))
      return {
        faults: [...faults],
        text: model === null ? null : printModel(model, metrics),
        model: model === null ? null : toParts(model, metrics),
        changes: [...changes],
        is_new: model !== null && present === null,
      }
    },
    async tryHealthModel({ body: { seconds, ...draft } }, { asker, signal }) {
      const { bands, distribution, matrix, changed, ...found } = await tryDraft(health, { asker, signal, seconds: seconds ?? 60 }, textOf(draft))
      return { ...found, bands: [...bands], distribution: [...distribution], matrix: [...matrix], changed: [...changed] }
    },
    async saveHealthModel({ params: { id }, body }, { asker, signal }) {
      const { model, changes, ...made } = await saveDraft(health, { asker, signal }, { id, ...body })
      return { id: model.id, ...made, changes: [...changes] }
    },
    checkHealthOrder: async ({ body: { text, models } }) => {
      const { faults, ...checked } = await checkOrderText(health, text, models)
      return { ...checked, faults: [...faults] }
    },
    async saveHealthOrder({ body: { text, places, reason } }, { asker, signal }) {
      const order = text ?? places
      if (order === undefined) throw refuse('no_draft', 'There is no order.', 'Send its text, or its places.')
      const { made, ...saved } = await saveOrderText(health, { asker, signal }, { order, reason })
      return { ...toOrder(saved), made }
    },
    listHealthOrders: async () => (await readOrders(health.versions)).map(toOrder).reverse(),
  }
}

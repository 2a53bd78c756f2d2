import type { Contract } from '../contract/contract.ts'
import type { healthMapOps } from '../contract/health-map.ts'
import { readHealthMap } from '../health/health-map.ts'
import { nameOfId } from '../kernel/words/names.ts'
import type { Handlers } from './handler.ts'
import type { ApiNeeds } from './needs.ts'

type Map = Awaited<ReturnType<typeof readHealthMap>>
/** The schema owns its arrays. */
type Owned<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? (E extends readonly (infer F)[] ? F[][] : E[]) : T[K] }

export const healthMapHandlers = ({ books }: ApiNeeds): Pick<Handlers<Contract>, keyof typeof healthMapOps> => ({
  async healthMap({ query: { on, seconds } }, { asker, signal }) {
    const map = (await readHealthMap(books, { asker, signal, seconds }, on)) as Owned<Map>
    return { ...map, inputs: map.inputs.map((id) => ({ id, name: nameOfId(id) })) }
  },
})

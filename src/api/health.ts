import type { Contract } from '../contract/contract.ts'
import type { Handlers } from './handler.ts'
import type { ApiParts } from './parts.ts'

/** Engines that are down are told as they are: the answer is 200 either way, its `state` says which. */
export const healthHandlers = ({ version, engines, ledgers }: ApiParts): Pick<Handlers<Contract>, 'health'> => ({
  async health() {
    const { facts, workspace } = await engines.health()
    const ups = [facts, workspace].filter((engine) => engine.state === 'up').length
    const unknown = { state: 0, refreshing: false, recorded_until: null, error: 'The workspace store does not answer.' }
    const derived = workspace.state === 'up' ? await ledgers.status().catch(() => unknown) : unknown
    const state = ups === 0 ? 'down' : ups === 1 || derived.error !== null ? 'degraded' : 'up'
    return { state, version, facts, workspace, ledgers: derived }
  },
})

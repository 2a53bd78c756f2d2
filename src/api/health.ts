import type { Contract } from '../contract/contract.ts'
import type { Handlers } from './handler.ts'
import type { ApiParts } from './parts.ts'

/** Engines that are down are told as they are: the answer is 200 either way, its `state` says which. It waits for nobody, whatever hangs. */
export const healthHandlers = ({ version, engines, ledgers }: ApiParts): Pick<Handlers<Contract>, 'health'> => ({
  health() {
    const { facts, workspace } = engines.health()
    const ups = [facts, workspace].filter((engine) => engine.state === 'up').length
    const unknown = { state: 0, refreshing: false, recorded_until: null, error: 'The workspace store does not answer.' }
    const derived = workspace.state === 'up' ? ledgers.lastStatus() : unknown
    const state = ups === 0 ? 'down' : ups === 1 || derived.error !== null ? 'degraded' : 'up'
    return { state, version, facts, workspace, ledgers: derived }
  },
})

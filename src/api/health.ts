import type { Contract } from '../contract/contract.ts'
import { isShort } from '../stores/engines/room.ts'
import type { Handlers } from './handler.ts'
import { toLosses } from './losses.ts'
import type { ApiNeeds } from './needs.ts'

/** Engines that are down are told as they are: the answer is 200 either way, its `state` says which. It waits for nobody, whatever hangs. */
export const healthHandlers = ({ version, engines, ledgers, audit }: ApiNeeds): Pick<Handlers<Contract>, 'health'> => ({
  health() {
    const { facts, workspace } = engines.health()
    const ups = [facts, workspace].filter((engine) => engine.state === 'up').length
    const unknown = { state: 0, refreshing: false, recorded_until: null, error: 'The workspace store does not answer.' }
    const derived = workspace.state === 'up' ? ledgers.lastStatus() : unknown
    const disks = engines.rooms().map((room) => ({ ...room, short: isShort(room) }))
    const losses = toLosses(audit.last())
    const isWell = ups === 2 && derived.error === null && losses.total === 0 && disks.every(({ short }) => !short)
    return { state: ups === 0 ? 'down' : isWell ? 'up' : 'degraded', version, facts, workspace, disks, losses, ledgers: derived }
  },
})

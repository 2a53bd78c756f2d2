import { accessSync, constants, existsSync, statSync, statfsSync } from 'node:fs'
import { totalmem } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { BinnacleClient } from '../contract/contract.ts'
import { BinnacleError } from '../kernel/errors.ts'
import { readHolder } from '../stores/engines/data-directory.ts'
import { withConnection } from './connect.ts'
import { EXIT, exitCodeOf } from './exit.ts'
import type { ExitCode } from './exit.ts'
import { printListing } from './output.ts'
import type { Format } from './output.ts'

interface Finding {
  readonly check: string
  readonly state: 'ok' | 'note' | 'bad'
  readonly says: string
  readonly cure: string
}

const finding = (check: string, state: Finding['state'], says: string, cure = ''): Finding => ({ check, state, says, cure })
const gib = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GiB`

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const fits = major > 20 || (major === 20 && minor >= 19)
  return finding('node', fits ? 'ok' : 'bad', `${process.version} on ${process.platform}-${process.arch}`, fits ? '' : 'Install Node 20.19 or newer.')
}

/** The nearest folder above that exists: the data directory itself may not yet. */
function nearest(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearest(dirname(path))
}

function checkDirectory(directory: string): Finding[] {
  const place = nearest(directory)
  try {
    accessSync(place, constants.W_OK)
  } catch {
    return [finding('data directory', 'bad', `${place} cannot be written to`, 'Choose another one with --data or BINNACLE_DATA, or change its owner.')]
  }
  const mode = existsSync(directory) ? statSync(directory).mode & 0o777 : 0o700
  const open = (mode & 0o077) !== 0
  const { bavail, bsize } = statfsSync(place)
  const free = bavail * bsize
  return [
    finding(
      'data directory',
      open ? 'bad' : 'ok',
      `${directory}${existsSync(directory) ? '' : ' (made at the first start)'}${open ? `, mode ${mode.toString(8)}` : ''}`,
      open ? `Others may read it: chmod 700 ${directory}` : '',
    ),
    finding('disk', free < 2 * 1024 ** 3 ? 'note' : 'ok', `${gib(free)} free`, free < 2 * 1024 ** 3 ? 'The engines want 2 GiB free at least.' : ''),
    finding('memory', totalmem() < 2 * 1024 ** 3 ? 'note' : 'ok', gib(totalmem())),
  ]
}

function checkServer(directory: string): Finding {
  const holder = readHolder(directory)
  if (holder === null) return finding('server', 'note', 'none is running here; this command starts the engines itself')
  return finding('server', 'ok', `process ${holder.pid}${holder.address === undefined ? '' : ` serves at ${holder.address}`}`)
}

type Health = Awaited<ReturnType<BinnacleClient['health']>>
const AUDIT_WITHIN_MS = 60_000

/** How things stand once the fact store has been compared with what imports recorded: at the start that takes a moment. */
async function readHealth(client: BinnacleClient): Promise<Health> {
  const deadline = performance.now() + AUDIT_WITHIN_MS
  for (;;) {
    const health = await client.health({})
    if (health.losses.audited_at !== null || health.facts.state !== 'up' || performance.now() > deadline) return health
    await pause(200)
  }
}

function checkLosses({ losses, disks }: Health): Finding[] {
  const short = disks
    .filter((disk) => disk.short)
    .map(({ place, free, floor }) => finding('disk', 'bad', `${gib(free)} free at ${place}: below ${gib(floor)} nothing new is written`, 'Free some of it.'))
  if (losses.audited_at === null)
    return [...short, finding('recorded rows', 'note', 'the fact store was not compared with what imports recorded', 'Look at the server log.')]
  if (losses.total === 0) return [...short, finding('recorded rows', 'ok', 'the fact store holds all that imports recorded')]
  const lost = losses.items.map(({ name, file, import_id, recorded, held, missing, set_aside }) => {
    const parts = set_aside.length === 0 ? '' : `; set aside: ${set_aside.join(', ')}`
    const says = held === null ? `${recorded} rows of kind ${name} cannot be read` : `${missing} of ${recorded} rows of kind ${name} are missing`
    return finding('recorded rows', 'bad', `${says}: ${file} of import ${import_id}${parts}`, 'Run binnacle restore, or bring back a backup.')
  })
  return [...short, ...lost]
}

async function checkBalances(client: BinnacleClient): Promise<Finding> {
  const { checked, breaks } = await client.reconciliation({})
  return finding(
    'reconciliation',
    breaks.total === 0 ? 'ok' : 'bad',
    `${checked} balances checked, ${breaks.total} do not add up`,
    breaks.total === 0 ? '' : 'Open Reconciliation in the web app for the accounts.',
  )
}

async function checkEngines(client: BinnacleClient): Promise<Finding[]> {
  const health = await readHealth(client)
  const engines = (['facts', 'workspace'] as const).map((name) => {
    const { state, kind, version, restarts, detail } = health[name]
    const title = name === 'facts' ? 'fact store' : 'workspace store'
    const says = `${kind === 'private' ? 'private' : kind} ${version ?? ''}, ${state}${restarts > 0 ? `, restarted ${restarts} times` : ''}${detail === undefined ? '' : `: ${detail}`}`
    return finding(title, state === 'up' ? 'ok' : 'bad', says, state === 'up' ? '' : 'Look at the server log; it starts again by itself where it can.')
  })
  const { ledgers } = health
  const derived =
    ledgers.error === null
      ? finding('ledgers', 'ok', `state ${ledgers.state}${ledgers.refreshing ? ', refreshing' : ''}`)
      : finding('ledgers', 'bad', ledgers.error, 'Look at the server log.')
  const balanced = await checkBalances(client).catch((error: unknown) =>
    finding('reconciliation', 'bad', error instanceof Error ? error.message : String(error), error instanceof BinnacleError ? error.cure : ''),
  )
  return [...engines, ...checkLosses(health), derived, balanced]
}

const MARK = { ok: 'ok', note: 'note', bad: 'BAD' }

/** Says what is well and what is not, with the cure. Exits 4 when an engine is the trouble, 1 for anything else. */
export async function runDoctor(directory: string, format: Format): Promise<ExitCode> {
  const findings = [checkNode(), ...checkDirectory(directory), checkServer(directory)]
  let engineTrouble = false
  try {
    if (findings.every(({ state }) => state !== 'bad')) findings.push(...(await withConnection(directory, ({ client }) => checkEngines(client))))
  } catch (error) {
    engineTrouble = exitCodeOf(error) === EXIT.engine
    const cure = error instanceof BinnacleError ? error.cure : ''
    findings.push(finding('engines', 'bad', error instanceof Error ? error.message : String(error), cure))
  }
  printListing(format, {
    items: findings,
    none: '',
    columns: [
      { title: 'check', cell: (item) => item.check },
      { title: 'state', cell: (item) => MARK[item.state] },
      { title: 'finding', cell: (item) => item.says },
      { title: 'cure', cell: (item) => item.cure },
    ],
  })
  engineTrouble ||= findings.some(({ check, state }) => state === 'bad' && check.endsWith('store'))
  if (engineTrouble) return EXIT.engine
  return findings.some(({ state }) => state === 'bad') ? EXIT.error : EXIT.ok
}

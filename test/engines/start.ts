import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { startEngines } from '../../src/stores/engines/engines.ts'
import type { Engines } from '../../src/stores/engines/engines.ts'
import { freePort } from '../../src/stores/engines/free-port.ts'
import { startPrivateClickHouse } from '../../src/stores/engines/private-clickhouse.ts'
import type { PrivateClickHouse } from '../../src/stores/engines/private-clickhouse.ts'
import { startPrivatePostgres } from '../../src/stores/engines/private-postgres.ts'
import { makeTemporaryFolder } from './temporary.ts'

/** private: as users get them. url: servers of their own, addressed by URL. cluster: two ClickHouse shards, addressed by URL. */
export type TestEngineKind = 'private' | 'url' | 'cluster'

export type TestEngines = Engines & { dataDirectory: string }

/** An engine that ends by itself says so, with its last words. */
const saysEnds = (line: object): void => {
  const { level, detail } = line as { level?: string; detail?: string }
  if (level === 'warn' && detail !== 'closed') process.stderr.write(`${JSON.stringify(line)}\n`)
}
const memoryBytes = 1024 ** 3

function urlOf({ address }: PrivateClickHouse): string {
  const url = new URL(address.url)
  url.username = address.writer.user
  url.password = address.writer.password
  return `${url.origin.replace('//', `//${url.username}:${url.password}@`)}/${address.database}`
}

async function startServers(folder: string, shards: number): Promise<{ env: NodeJS.ProcessEnv; close(): Promise<void> }> {
  const ports = await Promise.all(Array.from({ length: shards }, () => freePort()))
  const cluster = shards === 1 ? undefined : { name: 'binnacle', secret: 'between shards', shards: ports.map((tcpPort) => ({ host: '127.0.0.1', tcpPort })) }
  const [postgres, ...servers] = await Promise.all([
    startPrivatePostgres({ directory: join(folder, 'server-postgres'), log: saysEnds }),
    ...ports.map((tcpPort, i) =>
      startPrivateClickHouse({
        directory: join(folder, `server-clickhouse-${i}`),
        database: 'binnacle',
        writerPassword: 'writes',
        readerPassword: 'reads',
        memoryBytes,
        log: saysEnds,
        ...(cluster === undefined ? {} : { cluster, tcpPort }),
      }),
    ),
  ])
  return {
    env: {
      CLICKHOUSE_URL: servers.map(urlOf).join(','),
      CLICKHOUSE_READER_USER: servers[0]?.address.reader.user,
      CLICKHOUSE_READER_PASSWORD: 'reads',
      DATABASE_URL: `postgres://binnacle@${encodeURIComponent(postgres.address.host ?? '')}:${postgres.address.port}/binnacle`,
    },
    close: async () => {
      await Promise.all([postgres.close(), ...servers.map((server) => server.close())])
    },
  }
}

/** Starts throw-away engines in a temporary folder, which `close` removes. Most tests want `freshStores` instead. */
export async function startTestEngines(kind: TestEngineKind): Promise<TestEngines> {
  const folder = makeTemporaryFolder(`binnacle-${kind}-`)
  const servers = kind === 'private' ? null : await startServers(folder, kind === 'cluster' ? 2 : 1)
  const dataDirectory = join(folder, 'data')
  const engines = await startEngines({ dataDirectory, env: servers?.env ?? {}, memoryBytes, log: saysEnds })
  return {
    ...engines,
    dataDirectory,
    close: async () => {
      await engines.close()
      await servers?.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

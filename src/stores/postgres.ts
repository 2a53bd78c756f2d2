import pg from 'pg'

/** What a pg.Pool takes: a URL, or the private engine's socket directory as `host`. */
export interface WorkspaceAddress {
  connectionString?: string
  host?: string
  port?: number
  user?: string
  database?: string
}

/** A pool of connections to the workspace store. Times are UTC; a connection that breaks while idle is dropped, not fatal. */
export function openWorkspacePool(address: WorkspaceAddress, options: { max?: number } = {}): pg.Pool {
  const pool = new pg.Pool({ ...address, max: options.max ?? 10, application_name: 'binnacle', options: '-c timezone=UTC' })
  pool.on('error', () => undefined)
  return pool
}

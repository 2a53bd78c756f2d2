// @ts-check
/**
 * The process that houses a private ClickHouse: the library's command line, called in a worker thread, because the call
 * does not return while the engine runs. The main thread watches the parent. Plain JavaScript, because it runs unbundled.
 * Arguments: the library, then ClickHouse's own. stdin: held open by the parent; its end means that the parent is gone.
 */
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import ffi from 'ffi-rs'

// process.exit() waits for the worker, which is inside the native call. Nothing acknowledged is lost: it is in the page cache.
const endNow = () => process.kill(process.pid, 'SIGKILL')

function watch() {
  process.umask(0o077)
  const parent = process.ppid
  process.stdin.on('end', endNow).on('close', endNow).on('error', endNow).resume()
  setInterval(() => {
    if (process.ppid !== parent) endNow()
  }, 1000)
  const [library = '', ...argv] = process.argv.slice(2)
  const worker = new Worker(new URL(import.meta.url), { workerData: { library, argv } })
  worker.on('error', (error) => {
    process.stderr.write(`${error.stack ?? error.message}\n`, endNow)
  })
  worker.on('message', endNow)
}

/** @param {{ library: string, argv: string[] }} call */
function house({ library, argv }) {
  const { DataType, load, open } = ffi
  open({ library: 'clickhouse', path: library })
  const args = ['clickhouse', ...argv]
  load({
    library: 'clickhouse',
    funcName: 'chdb_query_cmdline',
    retType: DataType.External,
    paramsType: [DataType.I32, DataType.StringArray],
    paramsValue: [args.length, args],
  })
}

if (isMainThread) {
  watch()
} else {
  house(workerData)
  const { parentPort } = await import('node:worker_threads')
  parentPort?.postMessage('returned')
}

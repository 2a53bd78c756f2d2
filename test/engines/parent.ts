/** A stand-in for the app: starts both engines in the folder of its last argument, says so, and stays until it is killed. */
import { startEngines } from '../../src/stores/engines/engines.ts'

const dataDirectory = process.argv.at(-1) ?? ''
const engines = await startEngines({ dataDirectory, env: {}, memoryBytes: 1024 ** 3 })
engines.directory.setAddress('http://127.0.0.1:7777')
process.stdout.write('up\n')
setInterval(() => undefined, 1000)

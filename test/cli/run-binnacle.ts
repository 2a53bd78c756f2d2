import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../../bin/sources.mjs'

const program = join(root, 'bin/binnacle.mjs')

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const environment = (data: string): NodeJS.ProcessEnv => ({ ...process.env, BINNACLE_DATA: data, NO_COLOR: '1' })

/** One run of a program with Node, to its end. */
export function runProgram(path: string, parameters: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path, ...parameters], { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out, err }))
  })
}

/** One command line, to its end. */
export const runBinnacle = (data: string, ...parameters: string[]): Promise<Ran> => runProgram(program, parameters, { env: environment(data) })

export interface RunningServer {
  readonly address: string
  readonly process: ChildProcess
  /** Everything it said on standard output. */
  said(): string
  /** Sends SIGTERM and waits for the end; gives the exit code. */
  stop(): Promise<number | null>
}

/** `binnacle start` on a free port; resolves when it prints its address. */
export function startServer(data: string, path: string = program): Promise<RunningServer> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path, 'start', '--port', '0'], { env: environment(data), stdio: ['ignore', 'pipe', 'pipe'] })
    let [out, err] = ['', '']
    const ended = new Promise<number | null>((end) => child.once('close', end))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0]
      if (address === undefined) return
      const stop = async (): Promise<number | null> => {
        child.kill('SIGTERM')
        return ended
      }
      resolve({ address, process: child, said: () => out, stop })
    })
    child.once('error', reject)
    void ended.then((code) => reject(new Error(`the server ended with ${code}: ${err}`)))
  })
}

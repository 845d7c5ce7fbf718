import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { API_NODE_OPTIONS } from '../stack/paths.ts'
import { eventually } from './eventually.ts'

const MAIN = {
  api: fileURLToPath(new URL('../../apps/api/src/main.ts', import.meta.url)),
  worker: fileURLToPath(new URL('../../apps/worker/src/main.ts', import.meta.url)),
}

/** Node keeps there what it made of our sources: a process that is started anew starts in half the time. */
export const COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/node-compile', import.meta.url))

export type Running = {
  readonly child: ChildProcess
  readonly alive: boolean
  /** Resolves when it has ended: by which signal, or with which code. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** The end of what it printed, to show when a test fails. */
  output(): string
  /** kill -9, and gone. */
  kill(): Promise<void>
}

/** A real API or worker process. `crashAt` makes it kill itself at that step of a booking. */
export function startProcess(kind: keyof typeof MAIN, env: Record<string, string>, crashAt?: string): Running {
  const options = kind === 'api' ? API_NODE_OPTIONS : []
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...options, MAIN[kind]], {
    env: { ...env, NODE_COMPILE_CACHE: COMPILE_CACHE, ...(crashAt && { CRASH_AT: crashAt }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      printed = (printed + data.toString()).slice(-20_000)
    })
  const ended = once(child, 'exit').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }))
  return {
    child,
    get alive() {
      return child.exitCode === null && child.signalCode === null
    },
    ended,
    output: () => printed,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** @throws Error with the end of what it printed when it ended instead */
export async function untilItAnswers(running: Running, base: string): Promise<void> {
  await eventually(async () => {
    if (!running.alive) throw new Error(`the API ended at its start:\n${running.output()}`)
    return (await fetch(`${base}/test`)).ok
  }, 20_000)
}

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { stopChild } from '../scripts/services/processes.ts'

/** Longer than any one step of ours may take. */
const ANSWER_WITHIN_MS = 90_000

export type Child = {
  pid: number
  /** Sends one question and waits for its answer. @throws Error with the child's words, or when it is silent too long */
  ask<T>(what: string, input?: unknown): Promise<T>
  stop(): Promise<void>
}

type Answer = { id: number; value?: unknown; error?: string }
type Waiting = { resolve(value: never): void; reject(error: Error): void }

/** Starts a program of the benchmark, or of ours, in a process of its own. Resolves once it has said that it is ready. */
export async function startChild(
  file: string,
  options: { env?: NodeJS.ProcessEnv; execArgv?: string[]; args?: string[] } = {},
): Promise<Child> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), options.args ?? [], {
    env: options.env ?? { PATH: process.env.PATH },
    execArgv: ['--disable-warning=ExperimentalWarning', ...(options.execArgv ?? [])],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  const waiting = new Map<number, Waiting>()
  let asked = 0
  let ready: () => void = () => {}
  let failed: (error: Error) => void = () => {}
  const started = new Promise<void>((resolve, reject) => {
    ready = resolve
    failed = reject
  })
  child.on('message', (message: Answer | 'ready') => {
    if (message === 'ready') return ready()
    const question = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error !== undefined) question?.reject(new Error(`${file}: ${message.error}`))
    else question?.resolve(message.value as never)
  })
  child.on('exit', (code, signal) => {
    const error = new Error(`${file} ended (${signal ?? code})`)
    failed(error)
    for (const { reject } of waiting.values()) reject(error)
  })
  const ask = <T>(what: string, input?: unknown): Promise<T> => {
    const id = ++asked
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(id)
        reject(new Error(`${file} did not answer "${what}"`))
      }, ANSWER_WITHIN_MS)
      const done = () => clearTimeout(timer)
      waiting.set(id, {
        resolve(value: never) {
          done()
          resolve(value)
        },
        reject(error) {
          done()
          reject(error)
        },
      })
      child.send({ id, what, input })
    })
  }
  await started
  return { pid: child.pid ?? 0, ask, stop: () => stopChild(child, 'SIGTERM', 12_000) }
}

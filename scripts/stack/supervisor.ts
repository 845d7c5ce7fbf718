import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { stopChild } from '../services/processes.ts'
import { ROOT } from './paths.ts'

const FOLLOW_PARENT = fileURLToPath(new URL('./follow-parent.mjs', import.meta.url))
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** A process that lived this long was fine; the next failure is a new one. */
const STEADY_MS = 60_000
const GIVE_UP_AFTER = 8
const LOG_LIMIT_BYTES = 20_000_000
/** The API drains connections for up to ten seconds, the worker its jobs for up to twenty. */
const GRACE_MS = 22_000

export type Program = {
  name: string
  main: string
  env: NodeJS.ProcessEnv
  logFolder: string
  /** Node's own options, such as --watch. */
  options?: string[]
  /** Its words go to the terminal instead of the log folder. */
  inherit?: boolean
  args?: string[]
}

export type Supervised = {
  readonly logFile: string
  logTail(): string
  stop(): Promise<void>
}

type Events = {
  started(name: string, pid: number): void
  say(message: string): void
  /** Called once: the program fails again and again. */
  gaveUp(name: string): void
}

/** Keeps a program running: starts it again after a crash, after a growing pause, until it is clear that it cannot run. */
export function supervise(program: Program, events: Events): Supervised {
  const logFile = path.join(program.logFolder, `${program.name}.log`)
  fs.mkdirSync(path.dirname(logFile), { recursive: true })
  if (fs.existsSync(logFile) && fs.statSync(logFile).size > LOG_LIMIT_BYTES) fs.renameSync(logFile, `${logFile}.1`)
  let child: ChildProcess | undefined
  let failures = 0
  let stopping = false
  let pause: NodeJS.Timeout | undefined

  const start = () => {
    const startedAt = Date.now()
    const log = program.inherit ? 'inherit' : fs.openSync(logFile, 'a')
    const args = [
      '--disable-warning=ExperimentalWarning',
      '--import',
      FOLLOW_PARENT,
      ...(program.options ?? []),
      program.main,
      ...(program.args ?? []),
    ]
    // Detached: Ctrl-C reaches the launcher only, which stops everything in order.
    child = spawn(process.execPath, args, { cwd: ROOT, env: program.env, detached: true, stdio: ['ignore', log, log] })
    if (typeof log === 'number') fs.closeSync(log)
    if (child.pid) events.started(program.name, child.pid)
    child.once('exit', (code, signal) => {
      if (stopping) return
      failures = Date.now() - startedAt > STEADY_MS ? 1 : failures + 1
      if (failures > GIVE_UP_AFTER) return events.gaveUp(program.name)
      const wait = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS)
      events.say(
        `${program.name} ended (${signal ?? `exit code ${code}`}); starting it again in ${wait / 1000} s${program.inherit ? '' : ` (see ${logFile})`}`,
      )
      pause = setTimeout(start, wait)
    })
  }
  start()

  return {
    logFile,
    logTail: () =>
      fs.existsSync(logFile) ? fs.readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15).join('\n') : '',
    async stop() {
      stopping = true
      clearTimeout(pause)
      if (child) await stopChild(child, 'SIGTERM', GRACE_MS)
    },
  }
}

import fs from 'node:fs'
import path from 'node:path'
import { commandOf, stopStale } from '../services/processes.ts'
import { API_MAIN, DATA, WORKER_MAIN } from './paths.ts'

/** What runs on this checkout's data right now. Left behind only by a launcher that was killed. */
export type RunFile = {
  launcher: number
  address: string
  children: Record<string, number>
  services: { DATABASE_URL?: string; REDIS_URL?: string }
}

const FILE = path.join(DATA, 'run.json')
/** How a child is recognised before it is stopped: its number may be somebody else's by now. */
const MARKS: Record<string, string> = { api: API_MAIN, worker: WORKER_MAIN, web: 'vite' }

function read(): RunFile | null {
  try {
    return JSON.parse(fs.readFileSync(FILE, 'utf8')) as RunFile
  } catch {
    return null
  }
}

const isLive = (run: RunFile) => commandOf(run.launcher)?.includes('cli.ts') ?? false

/** The run that other commands can join: its launcher is alive and its services are up. */
export function liveRun(): RunFile | null {
  const run = read()
  return run && isLive(run) ? run : null
}

/**
 * Takes the checkout's data for this process: two servers on one folder would ruin it. Stops what a killed run left.
 * @throws Error when Marquee is running here already
 */
export async function takeRun(address: string, say: (message: string) => void): Promise<RunFile> {
  fs.mkdirSync(DATA, { recursive: true })
  const earlier = read()
  if (earlier && isLive(earlier)) {
    throw new Error(
      `Marquee is already running here: ${earlier.address} (stop it with Ctrl-C there, or: kill ${earlier.launcher}).`,
    )
  }
  for (const [name, pid] of Object.entries(earlier?.children ?? {})) {
    const mark = MARKS[name]
    if (mark && (await stopStale(pid, [mark], 'SIGTERM'))) say(`stopped the ${name} that an earlier run left behind`)
  }
  const run: RunFile = { launcher: process.pid, address, children: {}, services: {} }
  fs.rmSync(FILE, { force: true })
  // Exclusive: of two starts at the same moment one loses here.
  fs.writeFileSync(FILE, JSON.stringify(run, null, 2), { mode: 0o600, flag: 'wx' })
  return run
}

export const saveRun = (run: RunFile) => fs.writeFileSync(FILE, JSON.stringify(run, null, 2), { mode: 0o600 })
export const releaseRun = () => fs.rmSync(FILE, { force: true })

import { type ChildProcess, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 20

/** What runs under this pid, as a command line; null when nothing does (or only its unreaped remains). */
export function commandOf(pid: number): string | null {
  if (pid <= 0) return null
  if (fs.existsSync('/proc/self/stat')) {
    try {
      if (isZombie(pid)) return null
      return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || null
    } catch {
      return null
    }
  }
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8', stdio: 'pipe' }).trim() || null
  } catch {
    return null
  }
}

function isZombie(pid: number): boolean {
  try {
    // The command's name is in brackets and may hold spaces; the state follows the last one.
    return fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.startsWith('Z') ?? false
  } catch {
    return false
  }
}

/**
 * Ends a process that an earlier, killed run left behind. It is touched only if its command line holds every one of
 * `marks`: by now the number may belong to somebody else.
 * @returns whether there was one
 */
export async function stopStale(
  pid: number,
  marks: string[],
  signal: NodeJS.Signals,
  graceMs = 8_000,
): Promise<boolean> {
  const isOurs = () => {
    const command = commandOf(pid)
    return command !== null && marks.every((mark) => command.includes(mark))
  }
  if (pid <= 0) return false
  // A killed process nobody has reaped yet still answers signals, and Postgres takes it for a running server.
  await until(() => !isZombie(pid), 5_000)
  if (!isOurs()) return false
  signalQuietly(pid, signal)
  if (!(await until(() => !isOurs(), graceMs))) {
    signalQuietly(pid, 'SIGKILL')
    await until(() => !isOurs() && !isZombie(pid), 5_000)
  }
  return true
}

/** Asks a child to end, waits for it, and insists after `graceMs`. Safe to call on one that has ended. */
export async function stopChild(child: ChildProcess, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  if (hasEnded(child)) return
  const ended = once(child, 'exit')
  child.kill(signal)
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
  await ended
  clearTimeout(timer)
}

export const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

/** Polls for what the system has no event for. @returns false when the time ran out */
export async function until(condition: () => boolean | Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const end = Date.now() + timeoutMs
  while (!(await condition())) {
    if (Date.now() > end) return false
    await sleep(POLL_MS)
  }
  return true
}

function signalQuietly(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended by itself in between.
  }
}

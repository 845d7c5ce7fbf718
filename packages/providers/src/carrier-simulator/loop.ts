import { beginDue, nextDueAt } from './due.ts'
import type { SendOptions } from './sender.ts'
import type { World } from './world.ts'

/** Calls `run` once after so long; what it returns stops that. */
export type SetTimer = (run: () => void, ms: number) => () => void

const ownTimer: SetTimer = (run, ms) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}
/** Another process may have written something. */
const LOOK_AGAIN_MS = 250
const MOST_UNDER_WAY = 400

/** Does what is due, when it is due. */
export function createLoop(
  world: World,
  options: SendOptions & { setTimer?: SetTimer; log?: (message: string) => void },
) {
  const setTimer = options.setTimer ?? ownTimer
  const underWay = new Set<Promise<void>>()
  let stopTimer: (() => void) | null = null
  let running = false
  let woken = false

  function begin(): number {
    const begun = beginDue(world, options)
    for (const task of begun) {
      const kept = task
        .catch((error: unknown) => options.log?.(`development carrier: ${String(error)}`))
        .finally(() => {
          underWay.delete(kept)
          wake()
        })
      underWay.add(kept)
    }
    return begun.length
  }

  function turn(): void {
    stopTimer = null
    woken = false
    if (!running) return
    if (underWay.size < MOST_UNDER_WAY) begin()
    const next = nextDueAt(world)
    const inMs = next === null ? LOOK_AGAIN_MS : Math.min(LOOK_AGAIN_MS, Math.max(0, next - world.now()))
    // Full: whatever ends makes room, and wakes it.
    stopTimer = setTimer(turn, underWay.size < MOST_UNDER_WAY ? inMs : LOOK_AGAIN_MS)
  }

  /** Something changed: one look at what is due, however many changes there are. */
  function wake(): void {
    if (!running || woken) return
    woken = true
    stopTimer?.()
    stopTimer = setTimer(turn, 0)
  }

  return {
    wake,
    start() {
      if (running) return
      running = true
      turn()
    },
    async runDue() {
      while (begin() > 0 || underWay.size > 0) await Promise.all(underWay)
    },
    async stop() {
      running = false
      stopTimer?.()
      await Promise.all(underWay)
    },
  }
}

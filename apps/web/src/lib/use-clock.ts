import { useSyncExternalStore } from 'react'

/** Often enough for "40 s ago" to be true to the eye, seldom enough to cost nothing. */
const STEP_MS = 5_000
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === undefined) {
    now = Date.now()
    timer = setInterval(() => {
      now = Date.now()
      for (const each of listeners) each()
    }, STEP_MS)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** Epoch milliseconds, in steps, one timer for the page: for times that are told as how long ago. */
export function useClock(): number {
  return useSyncExternalStore(subscribe, () => now)
}

import type { SeatHold } from '@marquee/contracts/seats'

/** Only the server's clock counts. The offset is what to add to this machine's clock to get it. */
export function clockOffset(serverNow: string, clientNow: number): number {
  return Date.parse(serverNow) - clientNow
}

export type ClockPhase = 'calm' | 'last-minute' | 'over'
export const LAST_MINUTE_MS = 60_000
const EXTEND_UNDER_MS = 30_000
/** Somebody who touched nothing for this long may have left the room: their seats go back. */
const ACTIVE_WITHIN_MS = 45_000

export function clockPhase(remainingMs: number): ClockPhase {
  if (remainingMs <= 0) return 'over'
  return remainingMs <= LAST_MINUTE_MS ? 'last-minute' : 'calm'
}

/** Extend by itself only in the last half minute, once for each hold, and only for somebody who is there. */
export function shouldExtend(input: {
  hold: Pick<SeatHold, 'expiresAt' | 'canExtend'>
  serverNow: number
  lastActivityAt: number
  clientNow: number
  /** It was done once for this hold: more time is then the guest's own choice. */
  done: boolean
}): boolean {
  const remaining = Date.parse(input.hold.expiresAt) - input.serverNow
  return (
    input.hold.canExtend &&
    !input.done &&
    remaining > 0 &&
    remaining < EXTEND_UNDER_MS &&
    input.clientNow - input.lastActivityAt < ACTIVE_WITHIN_MS
  )
}

/** What a screen reader hears of the countdown, at these marks only. */
export function spokenRemaining(remainingMs: number): string | null {
  const seconds = Math.ceil(remainingMs / 1000)
  if (seconds === 60) return 'One minute left to continue.'
  if (seconds === 30) return 'Thirty seconds left.'
  return null
}

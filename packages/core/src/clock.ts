/** The only source of the current time in application code. Claims and holds use the database's and Redis's own. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock a test can move. */
export function manualClock(
  start: Date | string,
): Clock & { advance(milliseconds: number): void; set(to: Date): void } {
  let at = new Date(start).getTime()
  return {
    now: () => new Date(at),
    advance: (milliseconds) => {
      at += milliseconds
    },
    set: (to) => {
      at = to.getTime()
    },
  }
}

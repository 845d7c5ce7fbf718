import type { ReleasedSeats, SeatHold } from '@marquee/contracts/seats'

/**
 * One guest's hold in one showtime. Taps change what is *wanted* at once; one request at a time then brings what is
 * *held* in line. Rapid taps while a request is under way become one next request, and a seat that was picked and
 * dropped meanwhile costs none.
 */
export type HoldState = {
  /** What the server last said is ours; null when nothing is held. */
  hold: SeatHold | null
  wanted: readonly string[]
  busy: boolean
}

export type HoldApi = {
  hold(seatIds: string[], token: string): Promise<SeatHold>
  release(seatIds: string[], token: string): Promise<ReleasedSeats>
  extend(token: string): Promise<SeatHold>
}

export type HoldFailure =
  | { kind: 'taken'; seatIds: string[] }
  | { kind: 'gone' }
  | { kind: 'refused'; seatIds: string[]; error: unknown }

export type HoldSession = {
  state(): HoldState
  /** The seats wanted from now on, in the order they were chosen. */
  want(seatIds: readonly string[]): void
  /** What the server told outside of a change: the hold of an earlier visit, or nothing. */
  restore(hold: SeatHold | null): void
  /** The clock ran out: forget all of it and say which seats they were. */
  expire(): string[]
  /** @returns false when the server would not. */
  extend(): Promise<boolean>
  /** Settles when wanted and held agree. */
  settled(): Promise<void>
}

export function createHoldSession(input: {
  api: HoldApi
  maxSeats: number
  token: string | null
  onChange: (state: HoldState) => void
  onFailure: (failure: HoldFailure) => void
  onToken: (token: string | null) => void
  /** Made here, before the first request: if its answer is lost, the next one still proves that the seats are ours. */
  newToken: () => string
  /** Which failures mean what, so that no HTTP is known here. */
  readError: (error: unknown) => { kind: 'taken'; seatIds: string[] } | { kind: 'gone' } | { kind: 'other' }
}): HoldSession {
  let { token } = input
  let hold: SeatHold | null = null
  let wanted: readonly string[] = []
  let working: Promise<void> | null = null
  /** Counts forgotten holds: an answer to a request of before says nothing of now. */
  let era = 0

  const state = (): HoldState => ({ hold, wanted, busy: working !== null })
  const changed = () => input.onChange(state())
  const held = () => hold?.seatIds ?? []

  const accept = (next: SeatHold | null) => {
    hold = next && next.seatIds.length > 0 ? next : null
    const known = next?.holdToken ?? token
    if (known !== token) {
      token = known
      input.onToken(token)
    }
  }

  const forget = () => {
    era += 1
    hold = null
    wanted = []
    token = null
    input.onToken(null)
  }

  async function step(): Promise<boolean> {
    const have = new Set(held())
    const want = new Set(wanted)
    const add = wanted.filter((seatId) => !have.has(seatId))
    const drop = held().filter((seatId) => !want.has(seatId))
    if (add.length === 0 && drop.length === 0) return false
    // New seats first, so that changing places never means standing up in between; unless there is no room for both.
    const addFirst = add.length > 0 && (drop.length === 0 || have.size + add.length <= input.maxSeats)
    const started = era
    try {
      if (addFirst || token === null) {
        if (token === null) {
          token = input.newToken()
          input.onToken(token)
        }
        const next = await input.api.hold(add, token)
        if (started === era) accept(next)
      } else {
        const next = await input.api.release(drop, token)
        if (started === era) accept(next.hold)
      }
      return true
    } catch (error) {
      if (started !== era) return true
      fail(error, addFirst ? add : drop, addFirst)
      return true
    }
  }

  function fail(error: unknown, seatIds: readonly string[], adding: boolean) {
    const reason = input.readError(error)
    if (reason.kind === 'taken' && adding) {
      const lost = reason.seatIds.filter((seatId) => seatIds.includes(seatId))
      const gone = lost.length > 0 ? lost : [...seatIds]
      wanted = wanted.filter((seatId) => !gone.includes(seatId))
      input.onFailure({ kind: 'taken', seatIds: gone })
    } else if (reason.kind === 'gone') {
      forget()
      input.onFailure({ kind: 'gone' })
    } else {
      // Back to what the server is known to hold for us; trying again is the guest's choice.
      wanted = held()
      input.onFailure({ kind: 'refused', seatIds: [...seatIds], error })
    }
    changed()
  }

  async function work() {
    while (await step()) changed()
  }

  const start = () => {
    working ??= work().finally(() => {
      working = null
      changed()
      // Something was wanted between the last look and this line.
      if (differs(wanted, held())) start()
    })
  }

  return {
    state,
    want(seatIds) {
      wanted = [...new Set(seatIds)]
      if (differs(wanted, held())) start()
      changed()
    },
    restore(next) {
      accept(next)
      wanted = held()
      changed()
    },
    expire() {
      const lost = held().length > 0 ? held() : [...wanted]
      forget()
      changed()
      return [...lost]
    },
    async extend() {
      if (token === null || hold === null) return false
      const started = era
      try {
        const next = await input.api.extend(token)
        if (started === era) accept(next)
        changed()
        return true
      } catch (error) {
        if (started === era && input.readError(error).kind === 'gone') fail(error, held(), false)
        return false
      }
    },
    async settled() {
      while (working) await working
    },
  }
}

function differs(one: readonly string[], other: readonly string[]): boolean {
  return one.length !== other.length || one.some((seatId) => !other.includes(seatId))
}

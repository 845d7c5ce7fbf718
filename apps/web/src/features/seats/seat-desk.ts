import { ApiError, isApiError } from '../../lib/api-error.ts'
import { bestSeats, checkSeats, extendHold, getHold, holdSeats, releaseSeats } from './api.ts'
import { clockOffset, shouldExtend } from './hold-clock.ts'
import { createHoldSession, type HoldFailure } from './hold-session.ts'
import { keepHoldToken, newHoldToken, readHoldToken } from './hold-token.ts'
import { nearestSeats } from './nearest-seats.ts'
import type { Hall } from './seat-geometry.ts'
import { openSeatRoom } from './seat-room.ts'
import { inHallOrder, shortList } from './seat-words.ts'
import { createSeatsStore, type SeatsStore } from './store.ts'

/** Everything a guest can do in one hall, and the live state it changes. Opened by the seat page, closed with it. */
export type SeatDesk = {
  store: SeatsStore
  toggle(seatId: string): void
  choose(seatIds: readonly string[], reason?: string | null): void
  clear(): void
  best(count: number, section: string | null): Promise<void>
  /** @returns true when the guest may go on to checkout */
  readyToContinue(): Promise<boolean>
  /** Let the whole hold go and take the same seats with a fresh clock. */
  holdAfresh(seatIds: readonly string[]): Promise<void>
  /** More time, for whoever asks for it, as far as the server allows. */
  keepLonger(): Promise<void>
  dismiss(): void
  serverNow(): number
  retry(): void
  close(): void
}

export function openSeatDesk(input: { showtimeId: string; maxSeats: number; hall: Hall }): SeatDesk {
  const { showtimeId, maxSeats: most, hall } = input
  const store = createSeatsStore()
  const room = openSeatRoom({ showtimeId, hall, store })
  let closed = false
  let expiry: number | undefined
  let lastActivityAt = Date.now()
  let extended = false

  const say = (news: string) => store.setState({ news })

  const session = createHoldSession({
    maxSeats: most,
    token: readHoldToken(showtimeId),
    api: {
      hold: (seatIds, token) => holdSeats(showtimeId, seatIds, token),
      release: async (seatIds, token) => {
        const answer = await releaseSeats(showtimeId, seatIds, token)
        room.released(answer.released)
        return answer
      },
      extend: (token) => extendHold(showtimeId, token),
    },
    onToken: (token) => keepHoldToken(showtimeId, token),
    newToken: newHoldToken,
    onChange({ hold, wanted, busy }) {
      if (closed) return
      const fresh = hold !== null && hold !== store.getState().hold
      const other = wanted.join() !== store.getState().wanted.join()
      if (other) store.setState({ stranding: null })
      store.setState({ hold, wanted, busy, ...(fresh ? { offset: clockOffset(hold.now, Date.now()) } : {}) })
      room.redraw()
      if (hold === null) extended = false
      watchExpiry()
    },
    onFailure: tellFailure,
    readError(error) {
      if (isApiError(error, 'SEATS_TAKEN')) return { kind: 'taken', seatIds: error.seatIds }
      return { kind: isApiError(error, 'HOLD_GONE') ? 'gone' : 'other' }
    },
  })

  function tellFailure(failure: HoldFailure) {
    if (failure.kind === 'taken') {
      const seatIds = inHallOrder(hall, failure.seatIds)
      // The map may not know yet; a lost seat is not free to be offered again.
      const { looks } = store.getState()
      const lost = new Set(failure.seatIds.map((seatId) => hall.indexById.get(seatId)))
      const known = [...looks].map((look, index) => (lost.has(index) ? 'h' : look)).join('')
      const instead = nearestSeats(hall, known, failure.seatIds, session.state().wanted)
      store.setState({ notice: { kind: 'taken', seatIds, instead }, reason: null })
      const offer = instead.length > 0 ? ` ${shortList(inHallOrder(hall, instead))} nearby is free.` : ''
      say(`${shortList(seatIds)} ${seatIds.length === 1 ? 'was' : 'were'} just taken by somebody else.${offer}`)
    } else if (failure.kind === 'gone') {
      const before = store.getState().hold?.seatIds ?? store.getState().wanted
      tellExpired([...before])
    } else tellRefusal(failure.error, failure.seatIds)
  }

  function tellRefusal(error: unknown, seatIds: string[]) {
    const message = error instanceof ApiError ? error.message : 'That did not work. Try again in a moment.'
    if (isApiError(error, 'SALES_CLOSED')) store.setState({ notice: { kind: 'closed' } })
    else if (isApiError(error, 'TOO_MANY_SEATS')) store.setState({ notice: { kind: 'too-many', most } })
    else if (isApiError(error, 'HOLD_LIMIT')) {
      const wish = [...new Set([...(session.state().hold?.seatIds ?? []), ...seatIds])]
      store.setState({ notice: { kind: 'limit', message, seatIds: wish.slice(0, most) } })
    } else {
      const retry = isApiError(error) && error.retryable ? [...new Set([...session.state().wanted, ...seatIds])] : null
      store.setState({ notice: { kind: 'refused', message, retry } })
    }
    say(message)
  }

  function tellExpired(seatIds: string[]) {
    room.released(seatIds)
    store.setState({ notice: { kind: 'expired', seatIds: inHallOrder(hall, seatIds) }, reason: null })
    say('The time for your seats ran out. You can hold them again if they are still free.')
    room.redraw()
  }

  function watchExpiry() {
    window.clearTimeout(expiry)
    const { hold } = store.getState()
    if (!hold) return
    const left = Date.parse(hold.expiresAt) - room.serverNow()
    // Timers of a sleeping tab fire late, and a far one may fire early: look at the clock again each time.
    expiry = window.setTimeout(
      () => {
        const current = store.getState().hold
        if (!current) return
        if (Date.parse(current.expiresAt) > room.serverNow()) return watchExpiry()
        tellExpired(session.expire())
      },
      Math.min(Math.max(0, left), 60_000),
    )
  }

  async function extend() {
    if (await session.extend()) say('You have a little more time for your seats.')
    else say('The time for your seats cannot be made longer.')
  }

  const activity = () => {
    lastActivityAt = Date.now()
  }
  window.addEventListener('pointerdown', activity, { passive: true })
  window.addEventListener('keydown', activity, { passive: true })

  const keeper = window.setInterval(() => {
    const { hold } = store.getState()
    if (!hold || session.state().busy) return
    const clientNow = Date.now()
    const serverNow = room.serverNow()
    if (!shouldExtend({ hold, serverNow, clientNow, lastActivityAt, done: extended })) return
    extended = true
    void extend()
  }, 1_000)

  const token = readHoldToken(showtimeId)
  if (token) {
    getHold(showtimeId, token).then(
      (hold) => {
        if (!closed && session.state().wanted.length === 0) session.restore(hold)
      },
      (error: unknown) => {
        if (isApiError(error, 'HOLD_GONE', 'NOT_FOUND', 'VALIDATION') && session.state().hold === null) session.expire()
      },
    )
  }

  function want(seatIds: readonly string[], reason: string | null) {
    store.setState({ notice: null, reason })
    session.want(seatIds)
  }

  return {
    store,
    serverNow: room.serverNow,
    retry: room.retry,
    keepLonger: extend,
    dismiss: () => store.setState({ notice: null }),
    clear: () => want([], null),
    choose(seatIds, reason = null) {
      want(seatIds.slice(0, most), reason)
    },
    toggle(seatId) {
      const { wanted } = session.state()
      if (wanted.includes(seatId)) {
        want(
          wanted.filter((other) => other !== seatId),
          null,
        )
      } else if (wanted.length >= most) {
        store.setState({ notice: { kind: 'too-many', most } })
        say(`At most ${most} seats in one booking. Let one go first.`)
      } else want([...wanted, seatId], null)
    },
    async best(count, section) {
      try {
        const answer = await bestSeats(showtimeId, count, section)
        if (closed) return
        want(answer.seatIds, answer.reason)
        say(`${shortList(answer.seatIds, 10)}. ${answer.reason}`)
      } catch (error) {
        if (!closed) tellRefusal(error, [])
      }
    },
    async readyToContinue() {
      const before = store.getState().notice
      await session.settled()
      const { hold, wanted, notice } = store.getState()
      if (!hold || hold.seatIds.length === 0 || wanted.length !== hold.seatIds.length) return false
      // A seat lost just now is news to think about; one that was told before is known.
      if (notice?.kind === 'taken' && notice !== before) return false
      try {
        const check = await checkSeats(showtimeId, hold.seatIds)
        if (check.ok || !check.suggestion) return true
        // Seats may have been chosen while the answer was on its way: it is not about those.
        if (session.state().wanted.join() !== wanted.join()) return false
        const message = check.message ?? 'These seats cannot be sold like this: a single seat would be left alone.'
        store.setState({ stranding: { message, suggestion: check.suggestion }, notice: null })
        say(`${message} ${shortList(inHallOrder(hall, check.suggestion))} would leave nobody alone.`)
        return false
      } catch (error) {
        tellRefusal(error, [])
        return false
      }
    },
    async holdAfresh(seatIds) {
      const wish = [...seatIds]
      want([], null)
      await session.settled()
      if (!closed) want(wish, null)
    },
    close() {
      closed = true
      room.close()
      window.clearTimeout(expiry)
      window.clearInterval(keeper)
      window.removeEventListener('pointerdown', activity)
      window.removeEventListener('keydown', activity)
    },
  }
}

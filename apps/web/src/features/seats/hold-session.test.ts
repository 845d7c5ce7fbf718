import type { SeatHold } from '@marquee/contracts/seats'
import { describe, expect, it } from 'vitest'
import { createHoldSession, type HoldFailure } from './hold-session.ts'

const TOKEN = 't'.repeat(43)
class Refusal extends Error {
  readonly reason: 'taken' | 'gone' | 'other'
  readonly seatIds: string[]
  constructor(reason: Refusal['reason'], seatIds: string[] = []) {
    super(reason)
    this.reason = reason
    this.seatIds = seatIds
  }
}

/** A server with one hold; requests wait until `next()` lets one through. */
function setUp({ maxSeats = 4, taken = [] as string[] } = {}) {
  const calls: string[] = []
  const gates: (() => void)[] = []
  const mine = new Set<string>()
  const failures: HoldFailure[] = []
  const tokens: (string | null)[] = []
  const used = new Set<string>()
  let lost = 0
  let gone = false
  const view = (): SeatHold => ({
    showtimeId: 's',
    holdToken: TOKEN,
    seatIds: [...mine],
    expiresAt: '2026-01-01T00:03:00.000Z',
    now: '2026-01-01T00:00:00.000Z',
    maxExpiresAt: '2026-01-01T00:08:00.000Z',
    canExtend: true,
    quote: null,
  })
  const gate = (call: string) => {
    calls.push(call)
    return new Promise<void>((pass) => gates.push(pass))
  }
  const session = createHoldSession({
    maxSeats,
    token: null,
    api: {
      async hold(seatIds, token) {
        await gate(`hold ${seatIds.join(' ')}`)
        used.add(token)
        if (gone) throw new Refusal('gone')
        const conflicts = seatIds.filter((seatId) => taken.includes(seatId))
        if (conflicts.length > 0) throw new Refusal('taken', conflicts)
        if (mine.size + seatIds.length > maxSeats) throw new Refusal('other')
        for (const seatId of seatIds) mine.add(seatId)
        if (lost-- > 0) throw new Refusal('other')
        return view()
      },
      async release(seatIds) {
        await gate(`release ${seatIds.join(' ')}`)
        if (gone) throw new Refusal('gone')
        for (const seatId of seatIds) mine.delete(seatId)
        return { released: seatIds, hold: mine.size > 0 ? view() : null }
      },
      async extend() {
        await gate('extend')
        if (gone) throw new Refusal('gone')
        return view()
      },
    },
    onChange: () => {},
    onFailure: (failure) => failures.push(failure),
    onToken: (token) => tokens.push(token),
    newToken: () => TOKEN,
    readError: (error) =>
      error instanceof Refusal && error.reason === 'taken'
        ? { kind: 'taken', seatIds: error.seatIds }
        : { kind: error instanceof Refusal && error.reason === 'gone' ? 'gone' : 'other' },
  })
  const next = async () => {
    gates.shift()?.()
    await new Promise((done) => setTimeout(done))
  }
  const drain = async () => {
    while (gates.length > 0) await next()
  }
  return {
    session,
    calls,
    failures,
    tokens,
    used,
    next,
    drain,
    loseHold: () => (gone = true),
    loseAnswers: (count: number) => (lost = count),
    held: () => [...mine],
  }
}

describe('createHoldSession', () => {
  it('shows a seat at once and coalesces what is tapped while a request is under way', async () => {
    const { session, calls, drain, held } = setUp()
    session.want(['A1'])
    expect(session.state().wanted).toEqual(['A1'])
    session.want(['A1', 'A2'])
    session.want(['A1', 'A2', 'A3'])
    expect(calls).toEqual(['hold A1'])
    await drain()
    expect(calls).toEqual(['hold A1', 'hold A2 A3'])
    expect(held()).toEqual(['A1', 'A2', 'A3'])
    expect(session.state().busy).toBe(false)
  })

  it('sends nothing for a seat picked and dropped meanwhile', async () => {
    const { session, calls, drain } = setUp()
    session.want(['A1'])
    session.want(['A1', 'A2'])
    session.want(['A1'])
    await drain()
    expect(calls).toEqual(['hold A1'])
  })

  it('gives a seat back that was dropped before it was held', async () => {
    const { session, calls, drain, held } = setUp()
    session.want(['A1'])
    session.want([])
    await drain()
    expect(calls).toEqual(['hold A1', 'release A1'])
    expect(held()).toEqual([])
    expect(session.state().hold).toBeNull()
  })

  it('rolls back only the seats that somebody else has, and holds the rest', async () => {
    const { session, calls, failures, drain, held } = setUp({ taken: ['A2'] })
    session.want(['A1', 'A2', 'A3'])
    await drain()
    expect(calls).toEqual(['hold A1 A2 A3', 'hold A1 A3'])
    expect(failures).toEqual([{ kind: 'taken', seatIds: ['A2'] }])
    expect(session.state().wanted).toEqual(['A1', 'A3'])
    expect(held()).toEqual(['A1', 'A3'])
  })

  it('takes the new seats before it leaves the old, when there is room for both', async () => {
    const { session, calls, drain } = setUp({ maxSeats: 4 })
    session.want(['A1', 'A2'])
    await drain()
    session.want(['B1', 'B2'])
    await drain()
    expect(calls.slice(1)).toEqual(['hold B1 B2', 'release A1 A2'])
  })

  it('leaves first when both together would be too many', async () => {
    const { session, calls, drain } = setUp({ maxSeats: 3 })
    session.want(['A1', 'A2'])
    await drain()
    session.want(['B1', 'B2'])
    await drain()
    expect(calls.slice(1)).toEqual(['release A1 A2', 'hold B1 B2'])
  })

  it('goes back to what is really held when the server refuses for another reason', async () => {
    const { session, failures, drain } = setUp({ maxSeats: 2 })
    session.want(['A1', 'A2'])
    await drain()
    session.want(['A1', 'A2', 'A3'])
    await drain()
    expect(failures).toMatchObject([{ kind: 'refused', seatIds: ['A3'] }])
    expect(session.state().wanted).toEqual(['A1', 'A2'])
  })

  it('keeps the token of the first hold and forgets it with the hold', async () => {
    const { session, tokens, failures, drain, loseHold } = setUp()
    session.want(['A1'])
    await drain()
    loseHold()
    session.want(['A1', 'A2'])
    await drain()
    expect(tokens).toEqual([TOKEN, null])
    expect(failures).toEqual([{ kind: 'gone' }])
    expect(session.state()).toMatchObject({ hold: null, wanted: [] })
  })

  it('asks with the same token again when the answer to the first hold was lost', async () => {
    const { session, used, drain, loseAnswers } = setUp()
    loseAnswers(1)
    session.want(['A1'])
    await drain()
    expect(session.state()).toMatchObject({ hold: null, wanted: [] })
    session.want(['A1'])
    await drain()
    expect(session.state().hold?.seatIds).toEqual(['A1'])
    expect([...used]).toEqual([TOKEN])
  })

  it('ignores the answer to a request of before the clock ran out', async () => {
    const { session, next, drain } = setUp()
    session.want(['A1'])
    await drain()
    session.want(['A1', 'A2'])
    expect(session.expire()).toEqual(['A1'])
    await next()
    await drain()
    expect(session.state()).toMatchObject({ hold: null, wanted: [] })
  })

  it('says false when an extension fails, and what is held stays', async () => {
    const { session, drain, next } = setUp()
    expect(await session.extend()).toBe(false)
    session.want(['A1'])
    await drain()
    const extended = session.extend()
    await next()
    expect(await extended).toBe(true)
  })
})

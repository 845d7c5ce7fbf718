import type { SeatLayoutDefinition } from '@marquee/contracts/seats'
import { describe, expect, it } from 'vitest'
import { clockOffset, clockPhase, shouldExtend, spokenRemaining } from './hold-clock.ts'
import { nearestSeats } from './nearest-seats.ts'
import { layOutHall } from './seat-geometry.ts'
import { seatNews } from './seat-news.ts'
import { seatList, seatName, shortList } from './seat-words.ts'

const row = (
  label: string,
  section: string,
  y: number,
  kinds: ('WHEELCHAIR' | undefined)[] = Array(6).fill(undefined),
) => ({
  label,
  section,
  y,
  seats: kinds.map((kind, at) => ({ number: at + 1, x: at, ...(kind ? { kind } : {}) })),
})
const definition: SeatLayoutDefinition = {
  name: 'Two rows and a box',
  width: 6,
  height: 4,
  sections: [
    { id: 'p', name: 'Premium', premium: true },
    { id: 'b', name: 'Box', premium: false },
  ],
  rows: [
    row('F', 'p', 0),
    row('E', 'p', 1, ['WHEELCHAIR', undefined, undefined, undefined, undefined, undefined]),
    row('D', 'b', 2),
  ],
}
const hall = layOutHall(definition)
const looks = (marks: Record<string, string>) => hall.seats.map((seat) => marks[seat.seatId] ?? 'f').join('')

describe('seat words', () => {
  it('names a seat as one would say it', () => {
    const seat = hall.seats[hall.indexById.get('E1') ?? 0]
    if (!seat) throw new Error('no seat E1')
    const base = { seat, sectionName: 'Premium', price: '₹350' }
    expect(seatName({ ...base, look: 'free', backBy: null })).toBe(
      'Row E, seat 1, premium, wheelchair space, ₹350, free',
    )
    expect(seatName({ ...base, look: 'held', backBy: '19:42' })).toContain('back by 19:42')
  })

  it('lists seats in the order of the hall, and shortens long lists', () => {
    expect(seatList(hall, ['E2', 'F3', 'F1'])).toBe('F1, F3, E2')
    expect(shortList(['F1'])).toBe('F1')
    expect(shortList(['F1', 'F2'])).toBe('F1 and F2')
    expect(shortList(['F1', 'F2', 'F3', 'F4', 'F5', 'F6'])).toBe('F1, F2, F3 and 3 more')
  })

  it('tells what others did and never what I did', () => {
    const before = looks({ F1: 'h', F2: 'y' })
    const after = looks({ F3: 's', F4: 'h', F5: 'y' })
    expect(seatNews(hall, before, after)).toBe('F3 and F4 were just taken. F1 is free again.')
    expect(seatNews(hall, after, after)).toBeNull()
    expect(seatNews(hall, '', after)).toBeNull()
  })
})

describe('nearestSeats', () => {
  it('prefers the seat beside the ones kept', () => {
    expect(nearestSeats(hall, looks({ F3: 'y', F4: 's' }), ['F4'], ['F3'])).toEqual(['F2'])
  })

  it('stays in the section when it can, and leaves it when it must', () => {
    const fullRow = { F1: 's', F2: 's', F3: 's', F4: 's', F5: 's', F6: 's' }
    expect(nearestSeats(hall, looks(fullRow), ['F4'], [])).toEqual(['E4'])
    const full = { ...fullRow, E2: 's', E3: 's', E4: 's', E5: 's', E6: 's' }
    expect(nearestSeats(hall, looks(full), ['F4'], [])).toEqual(['D4'])
  })

  it('keeps several together and never offers one seat twice', () => {
    expect(nearestSeats(hall, looks({ F3: 's', F4: 's' }), ['F3', 'F4'], []).sort()).toEqual(['F1', 'F2'])
  })

  it('offers nothing when there is not enough', () => {
    expect(nearestSeats(hall, 's'.repeat(18), ['F4'], [])).toEqual([])
  })
})

describe('hold clock', () => {
  const expiresAt = '2026-01-01T00:03:00.000Z'
  const end = Date.parse(expiresAt)
  const ask = (over: Partial<Parameters<typeof shouldExtend>[0]>) =>
    shouldExtend({
      hold: { expiresAt, canExtend: true },
      serverNow: end - 20_000,
      clientNow: 100_000,
      lastActivityAt: 90_000,
      done: false,
      ...over,
    })

  it('reads the server clock, whatever this machine believes', () => {
    expect(clockOffset('2026-01-01T00:00:10.000Z', Date.parse('2026-01-01T00:00:00.000Z'))).toBe(10_000)
    expect([clockPhase(60_001), clockPhase(60_000), clockPhase(0)]).toEqual(['calm', 'last-minute', 'over'])
  })

  it('extends once, late, and only for somebody who is there', () => {
    expect(ask({})).toBe(true)
    expect(ask({ serverNow: end - 31_000 })).toBe(false)
    expect(ask({ serverNow: end })).toBe(false)
    expect(ask({ done: true })).toBe(false)
    expect(ask({ lastActivityAt: 40_000 })).toBe(false)
    expect(ask({ hold: { expiresAt, canExtend: false } })).toBe(false)
  })

  it('speaks only at the marks', () => {
    expect([61_000, 60_000, 45_000, 29_500].map(spokenRemaining)).toEqual([
      null,
      'One minute left to continue.',
      null,
      'Thirty seconds left.',
    ])
  })
})

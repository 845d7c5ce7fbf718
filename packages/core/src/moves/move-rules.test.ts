import { expect, test } from 'vitest'
import { type MoveFacts, moveRefusal } from './move-rules.ts'

const now = new Date('2026-11-21T12:00:00Z')
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const movable: MoveFacts = {
  status: 'CONFIRMED',
  showtimeCancelled: false,
  filmStartsAt: inMinutes(180),
  percent: 75,
  liveSeats: 2,
  usedSeats: 0,
  moves: 0,
  now,
}

test('a paid booking is movable as long as cancelling gives anything back, or until 20 minutes before', () => {
  expect(moveRefusal(movable)).toBeNull()
  expect(moveRefusal({ ...movable, percent: 0, filmStartsAt: inMinutes(20) })).toBeNull()
  expect(moveRefusal({ ...movable, percent: 10, filmStartsAt: inMinutes(1) })).toBeNull()
})

test.each<[string, Partial<MoveFacts>]>([
  ['20 minutes', { percent: 0, filmStartsAt: inMinutes(19.9) }],
  ['begun', { percent: 75, filmStartsAt: now }],
  ['paid', { status: 'PENDING' }],
  ['paid', { status: 'EXPIRED' }],
  ['cancelled', { status: 'CANCELLED' }],
  ['cinema cancelled', { showtimeCancelled: true }],
  ['no seats', { liveSeats: 0 }],
  ['let in', { usedSeats: 1 }],
  ['3 times', { moves: 3 }],
])('not any more: %s', (words, facts) => {
  expect(moveRefusal({ ...movable, ...facts })).toContain(words)
})

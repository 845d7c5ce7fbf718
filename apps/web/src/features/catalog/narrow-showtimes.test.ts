import type { ShowtimeCard, TheatreShowtimes } from '@marquee/contracts/showtimes'
import { expect, test } from 'vitest'
import { seatsLeft } from './availability.ts'
import { narrowShowtimes, versions } from './narrow-showtimes.ts'

const show = (over: Partial<ShowtimeCard>): ShowtimeCard => ({
  id: 's',
  startsAt: '2026-11-21T13:45:00.000Z',
  filmStartsAt: '2026-11-21T14:00:00.000Z',
  endsAt: '2026-11-21T16:14:00.000Z',
  screenName: 'Screen 1',
  language: 'Telugu',
  format: '2D',
  captions: null,
  priceFromMinor: 25_000,
  seatsLeft: 100,
  seatCount: 216,
  status: 'available',
  ...over,
})
const row = (slug: string, showtimes: ShowtimeCard[]) => ({ theatre: { slug }, showtimes }) as TheatreShowtimes

test('only what differs is a choice, languages before formats before captions', () => {
  expect(versions([row('a', [show({}), show({})])])).toEqual([])
  expect(
    versions([row('a', [show({ format: 'IMAX' }), show({ captions: 'English' }), show({ language: 'Hindi' })])]),
  ).toEqual(['Telugu', 'Hindi', 'IMAX', '2D', 'English captions'])
})

test('two of a kind mean either, two kinds mean both', () => {
  const rows = [
    row('a', [show({ id: '1' }), show({ id: '2', format: 'IMAX' })]),
    row('b', [show({ id: '3', language: 'Hindi', format: 'IMAX' })]),
  ]
  const ids = (chosen: string[], theatre?: string) =>
    narrowShowtimes(rows, { versions: chosen, theatre }).flatMap(({ showtimes }) => showtimes.map(({ id }) => id))
  expect(ids([])).toEqual(['1', '2', '3'])
  expect(ids(['Telugu', 'Hindi'])).toEqual(['1', '2', '3'])
  expect(ids(['Telugu', 'IMAX'])).toEqual(['2'])
  expect(ids(['IMAX'], 'b')).toEqual(['3'])
})

test('a show may be booked until the film begins, also from an answer that is some minutes old', () => {
  const at = (time: string) => Date.parse(`2026-11-21T${time}:00Z`)
  expect(seatsLeft(show({}), at('13:50'))).toBe('available')
  expect(seatsLeft(show({}), at('14:00'))).toBe('begun')
  expect(seatsLeft(show({ status: 'filling_fast', seatsLeft: 40 }), 0)).toBe('filling_fast')
  expect(seatsLeft(show({ status: 'filling_fast', seatsLeft: 3 }), 0)).toBe('few_left')
  expect(seatsLeft(show({ status: 'sold_out', seatsLeft: 0 }), 0)).toBe('sold_out')
})

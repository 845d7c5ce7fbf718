import { expect, test } from 'vitest'
import { paths, safeNext } from './paths.ts'

test('leaves out what was not asked for', () => {
  expect(paths.films()).toBe('/films')
  expect(paths.films({ status: 'upcoming', language: undefined, genre: '' })).toBe('/films?status=upcoming')
  expect(paths.seats('s1', { count: 2 })).toBe('/showtimes/s1/seats?count=2')
})

test('encodes values once', () => {
  expect(paths.search('salt & thunder')).toBe('/search?q=salt+%26+thunder')
  expect(paths.film('a/b')).toBe('/films/a%2Fb')
  expect(paths.signIn('/bookings?when=past')).toBe('/sign-in?next=%2Fbookings%3Fwhen%3Dpast')
})

test('goes on to a path of this site, query and all', () => {
  expect(safeNext('/bookings?when=past#b1')).toBe('/bookings?when=past#b1')
  expect(safeNext('/checkout/123')).toBe('/checkout/123')
})

test.each([
  ['nothing', null],
  ['an empty string', ''],
  ['another site', 'https://evil.example/'],
  ['a scheme-relative address', '//evil.example'],
  ['a backslash that browsers read as a slash', '/\\evil.example'],
  ['a tab inside the slashes', '/\t/evil.example'],
  ['a path that turns into two slashes', '/.//evil.example'],
  ['a script', 'javascript:alert(1)'],
  ['the sign-in page itself', '/sign-in?next=/bookings'],
  ['something endless', `/${'a'.repeat(3000)}`],
])('goes home instead of to %s', (_, next) => {
  expect(safeNext(next)).toBe('/')
})

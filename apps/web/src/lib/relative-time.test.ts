import { expect, test } from 'vitest'
import { ago, ahead, every } from './relative-time.ts'

const now = Date.parse('2026-11-21T12:00:00Z')
const at = (seconds: number) => new Date(now + seconds * 1000).toISOString()

test.each([
  [-2, 'just now'],
  [-40, '40 s ago'],
  [-59.7, '60 s ago'],
  [-600, '10 min ago'],
  [-7_500, '2 h 5 min ago'],
  [-36_000, '10 h ago'],
  [30, 'just now'],
])('%d s is %s', (seconds, words) => {
  expect(ago(at(seconds), now, 'Asia/Kolkata')).toBe(words)
})

test.each([
  [40, 'in 40 s'],
  [3_600, 'in 1 h'],
  [-5, 'any moment now'],
])('%d s is %s', (seconds, words) => {
  expect(ahead(at(seconds), now, 'Asia/Kolkata')).toBe(words)
})

test('a day away it is a day', () => {
  expect(ago(at(-3 * 86_400), now, 'Asia/Kolkata')).toMatch(/, 17:30$/)
  expect(ahead(at(5 * 86_400), now, 'Asia/Kolkata')).toMatch(/, 17:30$/)
})

test('how often, in words', () => {
  expect([every(90), every(600), every(21_600)]).toEqual(['90 seconds', '10 minutes', '6 hours'])
})

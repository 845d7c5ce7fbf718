import { expect, test } from 'vitest'
import { measureSms } from './sms-segments.ts'

test.each([
  ['', 'gsm7', 0, 1],
  ['Booking is open.', 'gsm7', 16, 1],
  ['a'.repeat(160), 'gsm7', 160, 1],
  ['a'.repeat(161), 'gsm7', 161, 2],
  ['a'.repeat(306), 'gsm7', 306, 2],
  ['a'.repeat(307), 'gsm7', 307, 3],
  ['€'.repeat(80), 'gsm7', 160, 1],
  // The sign that takes two places does not fit into the last one of the first part.
  [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 'gsm7', 306, 3],
  ['₹', 'ucs2', 1, 1],
  ['క'.repeat(70), 'ucs2', 70, 1],
  ['క'.repeat(71), 'ucs2', 71, 2],
  ['क'.repeat(135), 'ucs2', 135, 3],
  ['🎬'.repeat(35), 'ucs2', 70, 1],
  // A pair is not cut in two: 33 in each part of 67.
  ['🎬'.repeat(67), 'ucs2', 134, 3],
] as const)('%j', (text, encoding, units, segments) => {
  expect(measureSms(text)).toEqual({ encoding, units, segments })
})

test('however long a text is, it has no more parts than can be numbered', () => {
  expect(measureSms('a'.repeat(1_000_000))).toEqual({ encoding: 'gsm7', units: 1_000_000, segments: 255 })
})

import { expect, test } from 'vitest'
import { retryAfterMs } from './retry-after.ts'

const now = new Date('2026-11-21T10:00:00Z')

test.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['86400', 86_400_000],
  ['86401', 86_400_000],
  ['99999999999999999999', 86_400_000],
  ['Sat, 21 Nov 2026 10:05:00 GMT', 300_000],
  ['Saturday, 21-Nov-26 10:05:00 GMT', 300_000],
  ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
  ['Sun, 21 Nov 2027 10:00:00 GMT', 86_400_000],
  ['-5', null],
  ['1.5', null],
  ['2', 2_000],
  ['soon', null],
  ['Sat, soon', null],
  ['2026-11-21', null],
  ['', null],
  [undefined, null],
])('%j is %s', (value, expected) => expect(retryAfterMs(value, now)).toBe(expected))

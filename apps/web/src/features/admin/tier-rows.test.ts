import { expect, test } from 'vitest'
import { readRows, type TierRow, toRow } from './tier-rows.ts'

const row = (count: string, unit: TierRow['unit'], percent: string): TierRow => ({ key: count, count, unit, percent })

test('a policy is typed in the largest unit that fits, and read back as it was', () => {
  const tiers = [
    { minutesBefore: 2_880, percent: 90 },
    { minutesBefore: 120, percent: 75 },
    { minutesBefore: 90, percent: 50 },
    { minutesBefore: 0, percent: 10 },
  ]
  const rows = tiers.map((tier, i) => toRow(tier, String(i)))
  expect(rows.map(({ count, unit }) => `${count} ${unit}`)).toEqual(['2 day', '2 hour', '90 minute', '0 minute'])
  expect(readRows([...rows].reverse())).toEqual({ tiers })
  expect(readRows([])).toEqual({ tiers: [] })
})

test.each([
  [[row('', 'hour', '50')], 'needs a time'],
  [[row('1.5', 'hour', '50')], 'needs a time'],
  [[row('31', 'day', '50')], 'at most 30 days'],
  [[row('2', 'hour', '101')], 'from 0 to 100'],
  [[row('2', 'hour', '')], 'from 0 to 100'],
  [[row('2', 'hour', '50'), row('120', 'minute', '40')], 'the same time'],
  [[row('1', 'hour', '60'), row('2', 'hour', '50')], 'never gives back more'],
])('what is wrong is said: %o', (rows, words) => {
  expect(readRows(rows)).toEqual({ problem: expect.stringContaining(words) })
})

import { expect, test } from 'vitest'
import { fiscalYear, numberIn, seriesOf } from './series.ts'

test.each([
  ['an evening in November', '2026-11-21T14:00:00Z', '26-27'],
  ['the last second of March in India', '2027-03-31T18:29:59.999Z', '26-27'],
  ['the first of April in India, still March in London', '2027-03-31T18:30:00Z', '27-28'],
  ['New Year', '2026-12-31T20:00:00Z', '26-27'],
  ['the turn of the century', '2099-06-01T00:00:00Z', '99-00'],
])('%s counts to its Indian year', (_what, at, year) => {
  expect(fiscalYear(new Date(at))).toBe(year)
})

test('invoices and credit notes count apart', () => {
  const at = new Date('2026-11-21T14:00:00Z')
  expect(numberIn(seriesOf('INVOICE', at), 123)).toBe('MQ/26-27/0000123')
  expect(numberIn(seriesOf('CREDIT_NOTE', at), 4)).toBe('MC/26-27/0000004')
  expect(numberIn(seriesOf('INVOICE', at), 1_234_567)).toBe('MQ/26-27/1234567')
})

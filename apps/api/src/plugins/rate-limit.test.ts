import { expect, test } from 'vitest'
import { createCounter, networkOf } from './rate-limit.ts'

test('counts each key by itself, and anew in the next window', () => {
  const count = createCounter(60)
  expect([count('a', 1_000), count('a', 2_000), count('b', 2_000)].map((c) => c.count)).toEqual([1, 2, 1])
  expect(count('a', 60_999)).toEqual({ count: 3, resetMs: 1 })
  expect(count('a', 61_000)).toEqual({ count: 1, resetMs: 60_000 })
})

test('an attack from many addresses does not fill the memory, nor hide those who are known', () => {
  const count = createCounter(60)
  count('known', 1)
  for (let i = 0; i < 100_100; i++) count(`address ${i}`, 2)
  expect(count('known', 3).count).toBe(2)
  expect(count('address 100099', 3).count).toBe(1)
})

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::6', '2001:db8:1:2'],
  ['2001:db8::6', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('%s asks as %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network)
})

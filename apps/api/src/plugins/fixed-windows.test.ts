import { expect, test } from 'vitest'
import { FixedWindows } from './fixed-windows.ts'

const windows = () => new FixedWindows({ lengthMs: 60_000, maxKeys: 3 })

test('so many in a window, each refused after them until it ends', () => {
  const w = windows()
  for (let nth = 0; nth < 3; nth++) expect(w.count('a', 3, 1_000 + nth)).toBe(0)
  expect(w.count('a', 3, 2_000)).toBe(59_000)
  expect(w.count('a', 3, 60_999)).toBe(1)
  expect(w.count('a', 3, 61_000)).toBe(0)
})

test('everybody is counted alone', () => {
  const w = windows()
  expect(w.count('a', 1, 0)).toBe(0)
  expect(w.count('b', 1, 0)).toBe(0)
  expect(w.count('a', 1, 0)).toBe(60_000)
})

test('whoever goes on asking stays counted, whatever the number of others', () => {
  const w = windows()
  expect(w.count('a', 1, 0)).toBe(0)
  for (let other = 0; other < 100; other++) {
    expect(w.count(`other ${other}`, 1, 0)).toBe(0)
    expect(w.count('a', 1, 0)).toBe(60_000)
  }
})

test('none allowed is none', () => {
  expect(windows().count('a', 0, 0)).toBe(60_000)
})

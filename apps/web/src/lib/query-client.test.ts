import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PUBLIC, restorePublicCache, savePublicCache } from './query-client.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const cities = [PUBLIC, 'cities']

beforeEach(() => {
  const kept = new Map<string, string>()
  const fake = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      kept.set(key, value)
      Object.assign(fake, { [key]: value })
    },
    removeItem: (key: string) => {
      kept.delete(key)
      Reflect.deleteProperty(fake, key)
    },
  }
  vi.stubGlobal('localStorage', fake)
})
afterEach(() => vi.unstubAllGlobals())

test('public lists come back with their age, so that they are fetched again', () => {
  const before = new QueryClient()
  before.setQueryData(cities, ['Hyderabad'], { updatedAt: 1000 })
  savePublicCache(before, 2000)
  const after = new QueryClient()
  restorePublicCache(after, 3000)
  expect(after.getQueryData(cities)).toEqual(['Hyderabad'])
  expect(after.getQueryState(cities)?.dataUpdatedAt).toBe(1000)
})

test('nothing about a person is ever written down', () => {
  const client = new QueryClient()
  client.setQueryData(['bookings'], ['secret booking'])
  client.setQueryData(['hold', 'x'], { holdToken: 'secret token' })
  client.setQueryData(cities, ['Hyderabad'])
  savePublicCache(client)
  expect(JSON.stringify(localStorage)).not.toContain('secret')
})

test('a day later it is forgotten', () => {
  const before = new QueryClient()
  before.setQueryData(cities, ['Hyderabad'], { updatedAt: 1000 })
  savePublicCache(before, 2000)
  const after = new QueryClient()
  restorePublicCache(after, 2000 + DAY_MS)
  expect(after.getQueryData(cities)).toBeUndefined()
})

test('copies of another version, and broken ones, are dropped', () => {
  localStorage.setItem('mq.cache.v0', '[]')
  localStorage.setItem('mq.cache.v1', 'not json')
  restorePublicCache(new QueryClient())
  expect(localStorage.getItem('mq.cache.v0')).toBeNull()
  expect(localStorage.getItem('mq.cache.v1')).toBeNull()
})

test('too much is cut down to the newest', () => {
  const before = new QueryClient()
  for (let n = 0; n < 8; n += 1) before.setQueryData([PUBLIC, 'list', n], 'x'.repeat(200_000), { updatedAt: 1000 + n })
  savePublicCache(before, 2000)
  const after = new QueryClient()
  restorePublicCache(after, 2000)
  expect(after.getQueryData([PUBLIC, 'list', 7])).toBeDefined()
  expect(after.getQueryData([PUBLIC, 'list', 0])).toBeUndefined()
})

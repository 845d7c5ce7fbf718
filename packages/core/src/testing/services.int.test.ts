import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestContext, testContext } from './services.ts'

let one: TestContext
let two: TestContext
beforeAll(async () => {
  ;[one, two] = await Promise.all([testContext(), testContext()])
})
afterAll(async () => {
  await Promise.all([one.close(), two.close()])
})

const city = {
  id: '0197c1f0-0000-7000-8000-000000000001',
  slug: 'hyderabad',
  name: 'Hyderabad',
  region: 'Telangana',
  timeZone: 'Asia/Kolkata',
}

test('a row in one context is not in another', async () => {
  await one.db.city.create({ data: city })
  expect(await one.db.city.count()).toBe(1)
  expect(await two.db.city.count()).toBe(0)
})

test('a key in one context is not in another', async () => {
  await one.redis.run((client) => client.set('key', 'value'))
  expect(await one.redis.run((client) => client.get('key'))).toBe('value')
  expect(await two.redis.run((client) => client.get('key'))).toBeNull()
})

test('a context on a shared database sees the same rows, and closing it keeps them', async () => {
  const second = await testContext({ database: one.database })
  expect(await second.db.city.count()).toBe(await one.db.city.count())
  await second.close()
  expect(await one.db.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }])
})

test('times are stored in UTC whatever the zone of the session was', async () => {
  const movieTime = new Date('2026-11-21T00:00:00.000Z')
  await one.db.city.upsert({
    where: { slug: 'pune' },
    update: {},
    create: { ...city, id: '0197c1f0-0000-7000-8000-000000000002', slug: 'pune', createdAt: movieTime },
  })
  const { rows } = await one.pool.query(
    `SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS at FROM cities WHERE slug = 'pune'`,
  )
  expect(rows).toEqual([{ at: '2026-11-21 00:00' }])
})

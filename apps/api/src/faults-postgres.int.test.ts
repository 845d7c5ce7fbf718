// Postgres ends sessions in the middle of everything, and once goes away altogether: no process dies of it, guests are
// told, and nothing is half done.
import type { Checkout } from '@marquee/contracts/bookings'
import type { Health } from '@marquee/contracts/health'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { badLine } from '../../../scripts/testing/bad-line.ts'
import { eventually } from '../../../scripts/testing/eventually.ts'
import type { Guest } from '../../../scripts/testing/guest.ts'
import { type House, openHouse } from '../../../scripts/testing/house.ts'
import { lasting, SEATS, TOTAL } from '../../../scripts/testing/sale.ts'
import { audit, settleDown } from '../../../scripts/testing/settle-down.ts'

vi.setConfig({ testTimeout: 60_000 })
let house: House
let admin: pg.Client // on another database of the server: it survives
let name: string
let line: Awaited<ReturnType<typeof badLine>> // between the processes and Postgres
beforeAll(async () => {
  house = await openHouse()
  line = await badLine(new URL(house.ctx.config.database.url))
  house.processEnv.DATABASE_URL = line.url
  await house.api()
  house.worker()
  const url = new URL(house.ctx.config.database.url)
  name = url.pathname.slice(1)
  url.pathname = '/postgres'
  admin = new pg.Client({ connectionString: url.href })
  await admin.connect()
})
afterAll(async () => {
  await admin.end()
  await house.close()
  await line.close()
})

const endSessions = () =>
  admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name])
const alive = () => Object.values(house.running).every((process) => process.alive)
const health = async () => {
  const answer = await fetch(`${house.base}/api/health`)
  return { status: answer.status, body: (await answer.json()) as Health }
}

test('sessions are killed all the time while fifteen guests buy', async () => {
  const guests = await Promise.all(Array.from({ length: 15 }, () => house.guest(SEATS)))
  let killing = true
  let pauseMs = 40
  const killer = (async () => {
    while (killing) {
      await endSessions()
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
      // Where a request takes longer than the pause nobody would ever get through, whatever the API does.
      pauseMs *= 1.01
    }
  })()
  let refusals = 0
  /** 503 asks to come again; anything else is an answer. Never a 500. */
  async function insist<T>(ask: () => Promise<{ status: number; body: T }>): Promise<T> {
    return eventually(async () => {
      const { status, body } = await ask()
      if (status === 503) refusals += 1
      expect([200, 503], JSON.stringify(body)).toContain(status)
      return status === 200 && (body as Exclude<T, false>)
    }, 30_000)
  }
  async function buy(guest: Guest): Promise<{ guest: Guest; checkout: Checkout }> {
    await insist(guest.hold)
    const checkout = await insist(() => guest.checkout(TOTAL))
    const paid = await guest.press(checkout, 'upi')
    if (paid) await insist(() => guest.verify(paid))
    return { guest, checkout }
  }
  const bought = await Promise.all(guests.map(buy)).finally(() => {
    killing = false
    return killer
  })
  expect(refusals).toBeGreaterThan(0)
  expect(alive()).toBe(true)
  await settleDown(house, 40_000)
  expect(await audit(house)).toEqual([])
  for (const { guest, checkout } of bought)
    expect(lasting((await guest.checkout(TOTAL)).body)).toEqual(lasting(checkout))
})

test('Postgres is away: the API says so, refuses cleanly, and goes on by itself when it is back', async () => {
  const guest = await house.guest(SEATS)
  await line.cut()
  await eventually(async () => (await health()).status === 503, 5_000)
  expect((await health()).body).toMatchObject({ status: 'down', database: 'down', redis: 'connected' })
  const refused = await guest.checkout(TOTAL)
  expect(refused).toMatchObject({ status: 503, body: { error: { code: 'UNAVAILABLE' } } })
  expect(refused.headers.get('retry-after')).not.toBeNull()
  expect(alive()).toBe(true)
  await line.mend()
  await eventually(async () => (await health()).body.database === 'connected', 5_000)
  expect(await guest.hold()).toMatchObject({ status: 200 })
  expect(await guest.checkout(TOTAL)).toMatchObject({ status: 200 })
})

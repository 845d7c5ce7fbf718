import { SeatSocketMessage } from '@marquee/contracts/seats'
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { hashSecret, newId } from '@marquee/core/ids'
import { checkInvariants } from '@marquee/core/invariants/check-invariants'
import { receiveWebhook } from '@marquee/core/payments/receive-webhook'
import { markSeatsSold } from '@marquee/core/seats/mark-seats-sold'
import { snapshotFromRedis } from '@marquee/core/seats/seat-holds'
import { makeShowtime, makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebSocket as Client } from 'ws'
import { eventually } from '../../../../scripts/testing/eventually.ts'
import { Guest } from '../../../../scripts/testing/guest.ts'
import { seededRandom } from '../../../../scripts/testing/random.ts'
import { type Viewer, watch } from '../../../../scripts/testing/viewer.ts'
import { emptySeatMap, reduceSeatMap } from '../../../web/src/features/seats/seat-map-state.ts'
import { buildApp } from '../app.ts'

vi.setConfig({ testTimeout: 40_000 })
type Process = { ctx: TestContext; app: FastifyInstance; base: string }
let one: Process
let two: Process
let brief: Process // the same site, where a hold lasts a second

async function open(ctx: TestContext): Promise<Process> {
  const app = await buildApp(ctx)
  return { ctx, app, base: await app.listen({ port: 0 }) }
}
beforeAll(async () => {
  const ctx = await testContext()
  const beside = (env: Record<string, string> = {}) =>
    testContext({
      database: ctx.database,
      gateway: ctx.gateway,
      env: { JWT_SECRET: ctx.env.JWT_SECRET ?? '', ...env },
    })
  one = await open(ctx)
  two = await open(await beside())
  brief = await open(await beside({ SEAT_LOCK_TTL_MS: '1000' }))
})
afterAll(async () => {
  for (const { app, ctx } of [brief, two, one]) {
    await app.close()
    await ctx.close()
  }
})

const hall = async () => {
  const { id, seatIds } = await makeShowtime(one.ctx)
  return { showtimeId: id, seatIds }
}
async function guestAt(at: Process, showtimeId: string, seatIds: string[]) {
  const user = await makeUser(one.ctx)
  return Object.assign(new Guest(at.base, { ...signAccessToken(one.ctx, user), showtimeId, seatIds }), { user })
}
const connected = (viewer: Viewer) => eventually(() => viewer.state.epoch !== null)
const socketUrl = (at: Process, showtimeId: string) =>
  `${at.base.replace('http', 'ws')}/api/showtimes/${showtimeId}/seats/ws`

describe('two processes', () => {
  test('a hold through one is on the screen of the other within a second, with its end', async () => {
    const { showtimeId, seatIds } = await hall()
    const viewer = watch(two.base, showtimeId, seatIds)
    await connected(viewer)
    const guest = await guestAt(one, showtimeId, ['C3', 'C4'])
    const askedAt = Date.now()
    const held = await guest.hold()
    const locked = await eventually(() => {
      const found = viewer.arrived.find(({ message }) => message.type === 'seat_locked')
      return found ?? false
    }, 1_000)
    expect(locked.at - askedAt).toBeLessThan(1_000)
    expect(locked.message).toMatchObject({ seats: ['C3', 'C4'], until: Date.parse(held.body.expiresAt) })
    await guest.release()
    await eventually(() => viewer.arrived.some(({ message }) => message.type === 'seat_released'), 1_000)
    expect(viewer.state.map).not.toContain('1')
    await viewer.leave()
  })

  test('an ended hold shows as free on both within two seconds, its guest and every first viewer being gone', async () => {
    const { showtimeId, seatIds } = await hall()
    const first = watch(brief.base, showtimeId, seatIds)
    await connected(first)
    const guest = await guestAt(brief, showtimeId, ['A1', 'A2'])
    const end = Date.parse((await guest.hold()).body.expiresAt)
    await first.leave()
    const viewers = [watch(one.base, showtimeId, seatIds), watch(two.base, showtimeId, seatIds)]
    await Promise.all(viewers.map(connected))
    for (const viewer of viewers) expect(viewer.state.map.slice(0, 2)).toBe('11')
    await eventually(() => viewers.every((viewer) => !viewer.state.map.includes('1')), 5_000)
    for (const viewer of viewers) {
      const freed = viewer.arrived.find(({ message }) => message.type === 'seat_released')
      expect(freed?.at).toBeGreaterThanOrEqual(end - 50)
      expect(freed?.at).toBeLessThan(end + 2_000)
    }
    await Promise.all(viewers.map((viewer) => viewer.leave()))
  })
})

describe('nobody is left with a wrong map', () => {
  test.each([7, 19])(
    'seed %i: 300 random steps, over good lines and bad ones, end in the truth on every screen',
    async (seed) => {
      const next = seededRandom(seed)
      const { showtimeId, seatIds } = await hall()
      const isChange = (frame: string) => /"type":"seat_/.test(frame)
      const drops = (frame: string) => (isChange(frame) && next(100) < 20 ? [] : [frame])
      const repeats = (frame: string) => (isChange(frame) && next(100) < 30 ? [frame, frame] : [frame])
      const reorders = () => {
        let kept: string | undefined
        return (frame: string) => {
          if (isChange(frame) && kept === undefined && next(100) < 30) {
            kept = frame
            return []
          }
          const late = kept === undefined ? [] : [kept]
          kept = undefined
          return [frame, ...late]
        }
      }
      const viewers = [one, two].flatMap((at) => [
        watch(at.base, showtimeId, seatIds),
        ...[repeats, drops, reorders()].map((tamper) => watch(at.base, showtimeId, seatIds, { tamper })),
      ])
      await Promise.all(viewers.map(connected))
      const guests = await Promise.all(
        Array.from({ length: 12 }, (_, i) => {
          const from = next(seatIds.length - 4)
          return guestAt(i % 2 ? one : two, showtimeId, seatIds.slice(from, from + 1 + next(3)))
        }),
      )
      const bookings: string[] = []
      for (let step = 0; step < 300; step += 6) {
        await Promise.all(
          Array.from({ length: 6 }, async () => {
            const guest = guests[next(guests.length)]
            if (!guest) return
            const dice = next(10)
            if (dice < 6) return void (await guest.hold())
            if (dice < 9) return void (await guest.release())
            const held = await guest.hold()
            if (held.status !== 200 || held.body.seatIds.length !== guest.seatIds.length) return
            const checkout = await guest.checkout(held.body.quote?.totalMinor ?? 0)
            if (checkout.status !== 200) return
            const { webhook } = one.ctx.gateway.pay(checkout.body.orderId)
            const message = { gateway: 'fake', rawBody: webhook.body, signature: webhook.signature, eventId: newId() }
            if ((await receiveWebhook(one.ctx, message)).outcome === 'BOOKED') bookings.push(checkout.body.bookingId)
            await markSeatsSold(two.ctx, { bookingId: checkout.body.bookingId })
          }),
        )
      }
      // One last change makes a lost last message show; without one the digest does, every 15 s.
      await Promise.all(guests.map((guest) => guest.release()))
      const last = await guestAt(
        one,
        showtimeId,
        seatIds.filter((_, i) => i === seatIds.length - 1),
      )
      await last.hold()
      const truth = await snapshotFromRedis(one.ctx, showtimeId)
      await eventually(() => {
        for (const viewer of viewers.filter((_, i) => i % 4 < 2)) expect(viewer.state.map).toBe(truth.map)
      }, 3_000)
      // The other lines may have kept the very last step to themselves; the digest would tell, this is quicker.
      for (const viewer of viewers) viewer.say('{"type":"resync"}')
      await eventually(() => viewers.every((viewer) => viewer.state.map === truth.map), 3_000)
      const { rows } = await one.ctx.pool.query<{ map: string }>('SELECT seat_map($1) AS map', [showtimeId])
      for (const [seat, mark] of [...(rows[0]?.map ?? '')].entries())
        expect(mark === '2', `seat ${seat} at seed ${seed}`).toBe(truth.map[seat] === '2')
      expect((await checkInvariants(one.ctx, { quiet: true })).violations).toEqual([])
      await Promise.all(viewers.map((viewer) => viewer.leave()))
    },
  )

  test('negative control: a viewer that believes every step without counting is left with a wrong map', async () => {
    const { showtimeId, seatIds } = await hall()
    let swallowed = 0
    const line = { tamper: (frame: string) => (frame.includes('"seat_locked"') && swallowed++ === 0 ? [] : [frame]) }
    const careful = watch(one.base, showtimeId, seatIds, line)
    await connected(careful)
    await (await guestAt(two, showtimeId, ['A1'])).hold()
    await eventually(() => swallowed === 1)
    await (await guestAt(two, showtimeId, ['B1'])).hold()
    await eventually(() => careful.state.map[8] === '1' && careful.state.map[0] === '1', 2_000)
    const indexById = new Map(seatIds.map((seatId, index) => [seatId, index]))
    const believed = careful.arrived.filter(({ message }) => message.type !== 'snapshot')
    let careless = emptySeatMap
    for (const { message } of believed) {
      if ('from' in message) careless = { ...careless, seq: message.from - 1 }
      careless = reduceSeatMap(careless, { type: 'message', message }, indexById)
    }
    expect([careless.map[0], careless.map[8]]).toEqual(['0', '1'])
    await careful.leave()
  })

  test('whoever comes back after an absence has the map of now', async () => {
    const { showtimeId, seatIds } = await hall()
    const before = watch(one.base, showtimeId, seatIds)
    await connected(before)
    await before.leave()
    await (await guestAt(two, showtimeId, ['D1'])).hold()
    const after = watch(one.base, showtimeId, seatIds)
    await connected(after)
    expect(after.state.map[24]).toBe('1')
    await after.leave()
  })

  test('a line that swallows every change: the digest, which comes by itself, tells it', async () => {
    const { showtimeId, seatIds } = await hall()
    const good = watch(one.base, showtimeId, seatIds)
    const deaf = watch(two.base, showtimeId, seatIds, { tamper: (frame) => (frame.includes('"seat_') ? [] : [frame]) })
    await Promise.all([good, deaf].map(connected))
    await (await guestAt(two, showtimeId, ['A1'])).hold()
    await eventually(() => good.state.map[0] === '1', 1_000)
    expect(deaf.state.map[0]).toBe('0')
    await eventually(() => deaf.state.map[0] === '1', 17_000)
    await eventually(() => good.arrived.some(({ message }) => message.type === 'digest'), 2_000)
    expect(good.state).toMatchObject({ needsResync: false, doubtful: false })
    await Promise.all([good.leave(), deaf.leave()])
  })
})

test('frames are as the contract has them, and carry nothing by which a guest could be known or played', async () => {
  const { showtimeId, seatIds } = await hall()
  const viewers = [watch(one.base, showtimeId, seatIds), watch(two.base, showtimeId, seatIds)]
  await Promise.all(viewers.map(connected))
  const guest = await guestAt(one, showtimeId, ['E1', 'E2'])
  const held = await guest.hold()
  const { body: checkout } = await guest.checkout(held.body.quote?.totalMinor ?? 0)
  const paid = one.ctx.gateway.pay(checkout.orderId)
  const message = { rawBody: paid.webhook.body, signature: paid.webhook.signature }
  await receiveWebhook(one.ctx, { gateway: 'fake', ...message, eventId: newId() })
  await markSeatsSold(one.ctx, { bookingId: checkout.bookingId })
  await eventually(() => viewers.every((viewer) => viewer.state.map.slice(32, 34) === '22'), 2_000)
  for (const viewer of viewers) {
    viewer.say('{"type":"resync"}')
    viewer.say('{"type":"ping"}')
  }
  await eventually(() => viewers.every((v) => v.arrived.some(({ message: m }) => m.type === 'pong')))
  const secrets = [
    guest.holdToken,
    hashSecret(guest.holdToken),
    guest.accessToken,
    guest.user.id,
    guest.user.email ?? 'no mail',
    checkout.bookingId,
    checkout.orderId,
  ]
  const frames = viewers.flatMap((viewer) => viewer.frames)
  expect(frames.length).toBeGreaterThan(6)
  for (const frame of frames) {
    expect(SeatSocketMessage.safeParse(JSON.parse(frame)).error).toBeUndefined()
    for (const secret of secrets) expect(frame).not.toContain(secret)
  }
  await Promise.all(viewers.map((viewer) => viewer.leave()))
})

describe('bad callers', () => {
  /** With the headers a browser or a script may send, which the built-in client does not allow. */
  const call = (showtimeId: string, options: object = {}) => {
    const socket = new Client(socketUrl(one, showtimeId), options)
    const frames: string[] = []
    socket.on('message', (data: Buffer) => frames.push(data.toString()))
    socket.on('error', () => {})
    const opened = new Promise<void>((resolve) => socket.once('open', () => resolve()))
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    return { socket, frames, opened, closed }
  }

  test('an unknown showtime: closed with 4404; no id at all: refused', async () => {
    expect(await call(newId()).closed).toBe(4404)
    expect(await call('anything').closed).toBe(1006)
  })

  test('a page from elsewhere is refused and learns nothing', async () => {
    const { showtimeId } = await hall()
    const { closed, frames } = call(showtimeId, { origin: 'https://evil.example' })
    expect(await closed).toBe(1008)
    expect(frames).toEqual([])
    const own = call(showtimeId, { origin: one.ctx.config.http.origins[0] })
    await eventually(() => own.frames.length > 0)
    own.socket.close()
  })

  test('an oversized message, nonsense and a flood end the line, and nobody else’s', async () => {
    const { showtimeId, seatIds } = await hall()
    const neighbour = watch(one.base, showtimeId, seatIds)
    await connected(neighbour)
    const send = async (...messages: string[]) => {
      const { socket, opened, closed } = call(showtimeId)
      await opened
      for (const message of messages) socket.send(message)
      return closed
    }
    expect(await send('x'.repeat(5_000))).toBe(1009)
    expect(await send('not json')).toBe(1008)
    expect(await send('{"type":"hold","seats":["A1"]}')).toBe(1008)
    expect(await send(...Array.from({ length: 31 }, () => '{"type":"ping"}'))).toBe(1008)
    await (await guestAt(two, showtimeId, ['B1'])).hold()
    await eventually(() => neighbour.state.map[8] === '1', 1_000)
    expect(neighbour.socket.readyState).toBe(WebSocket.OPEN)
    await neighbour.leave()
  })
})

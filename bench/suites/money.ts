import { createHmac, randomUUID } from 'node:crypto'
import { newSecret } from '@marquee/core/ids'
import { createHalls, createUsers } from '../data.ts'
import { createDrafts, DRAFT_MINOR, gatewayPaymentIdOf, mustBeConfirmed, orderIdOf } from '../drafts.ts'
import type { RaceResult, Request } from '../drivers/http-load.ts'
import type { SaleOptions } from '../drivers/sales.ts'
import { hasPgbench, settleByPgbench } from '../pgbench.ts'
import { interleave, median, medianRatio } from '../rounds.ts'
import { openLoad, type Suite } from '../suite.ts'
import { perSecond } from '../table.ts'

const IN_FLIGHT = 32
const RACERS = 500
const PAIRS_PER_HALL = 108

/** Goals 7, 8, 9: turning money into bookings, and many hands on one seat. Postgres with full durability. */
export const money: Suite = {
  goals: [7, 8, 9],
  async run(lab, { rounds, quick, note }) {
    const { ctx } = lab
    const users = await createUsers(ctx, RACERS)
    const userIds = users.map((user) => user.id)
    const load = await openLoad(lab)
    const api = await lab.startApi()
    const sales = await lab.start('drivers/sales.ts')
    const pgbench = await hasPgbench()
    const raw = pgbench ? null : await lab.start('drivers/raw-sql.ts')
    note(`the limit is the SQL function called by ${pgbench ? 'pgbench' : 'a bare driver over 16 connections'}`)

    const perStep = 16 * (quick ? 125 : 400)
    let drafted = 0
    /** Fresh drafts for one step, checked afterwards: a fast wrong answer must not count. */
    const settling = (settle: (from: number, count: number) => Promise<number>) => async () => {
      const from = drafted
      drafted += perStep
      await createDrafts(ctx, users, from, perStep)
      const rate = await settle(from, perStep)
      await mustBeConfirmed(ctx, from, perStep)
      return rate
    }
    const selling = (verb: 'sell' | 'checkout', count: number) => async () => {
      const halls = await createHalls(ctx, Math.ceil(count / PAIRS_PER_HALL))
      await ctx.pool.query('ANALYZE')
      const showtimeIds = halls.map((hall) => hall.showtimeId)
      const options: SaleOptions = { showtimeIds, userIds, count, inFlight: IN_FLIGHT }
      return sales.ask<number>(verb, options)
    }
    const steps = {
      limit: settling((from, count) =>
        raw ? raw.ask<number>('settle', { from, count }) : settleByPgbench(lab.databaseUrl, from, count),
      ),
      verb: settling((from, count) => sales.ask<number>('settle', { from, count, inFlight: IN_FLIGHT })),
      http: settling(async (from, count) => {
        await load.prepare('webhooks', webhooks(ctx.config.payments.webhookSecret, from, count))
        return (await load.run(api.port, 'webhooks', 50, 30_000, true)).perSecond
      }),
      sale: selling('sell', perStep / 2),
      checkout: selling('checkout', perStep / 8),
    }
    await interleave(1, steps) // compiled code, cached plans, grown files
    const got = await interleave(rounds, steps)

    const holdRaces: RaceResult[] = []
    const claimRaces: { winners: number; ms: number }[] = []
    for (let round = 0; round < rounds; round++) {
      const [forHolds, forClaims] = await createHalls(ctx, 2)
      await fetch(`http://127.0.0.1:${api.port}/api/showtimes/${forHolds!.showtimeId}/seat-map`)
      await load.prepare('race', racers(forHolds!.showtimeId, forHolds!.seatIds[0]!))
      holdRaces.push(await load.child.ask<RaceResult>('race', { port: api.port, list: 'race' }))
      claimRaces.push(await sales.ask('race', { showtimeId: forClaims!.showtimeId, userIds }))
    }
    const unfair = holdRaces.some(({ statuses }) => statuses[200] !== 1 || statuses[409] !== RACERS - 1)
    const unfairClaims = claimRaces.some(({ winners }) => winners !== 1)

    note(`sales with everything POST /api/bookings does: ${perSecond(median(got.checkout))}`)
    const of = (name: keyof typeof got) => perSecond(median(got[name]))
    const peer = of('limit')
    return [
      { goal: '7a', ours: of('verb'), peer, value: medianRatio(got.verb, got.limit) },
      { goal: '7b', ours: of('http'), peer, value: medianRatio(got.http, got.limit) },
      { goal: '8', ours: of('sale'), peer, value: medianRatio(got.sale, got.limit) },
      {
        goal: '9a',
        ours: `1 winner in ${rounds} of ${rounds}`,
        value: median(holdRaces.map((race) => race.ms)),
        ...(unfair && { failed: JSON.stringify(holdRaces.map((race) => race.statuses)) }),
      },
      {
        goal: '9b',
        ours: `1 winner in ${rounds} of ${rounds}`,
        value: median(claimRaces.map((race) => race.ms)),
        ...(unfairClaims && { failed: `winners: ${claimRaces.map((race) => race.winners).join(' ')}` }),
      },
    ]
  },
}

/** As the gateway sends them, each signed over its bytes. */
const webhooks = (secret: string, from: number, count: number): Request[] =>
  Array.from({ length: count }, (_, i) => {
    const n = from + i
    const entity = { id: gatewayPaymentIdOf(n), order_id: orderIdOf(n), amount: DRAFT_MINOR, currency: 'INR' }
    const body = JSON.stringify({
      entity: 'event',
      event: 'payment.captured',
      contains: ['payment'],
      payload: { payment: { entity: { ...entity, status: 'captured', captured: true, method: 'upi' } } },
    })
    const signature = createHmac('sha256', secret).update(body).digest('hex')
    const headers = { 'x-razorpay-signature': signature, 'x-razorpay-event-id': randomUUID() }
    return { method: 'POST', path: '/api/payments/webhooks/dev', headers, body }
  })

const racers = (showtimeId: string, seatId: string): Request[] =>
  Array.from({ length: RACERS }, () => ({
    method: 'POST',
    path: `/api/showtimes/${showtimeId}/holds`,
    headers: { 'x-hold-token': newSecret() },
    body: JSON.stringify({ seatIds: [seatId] }),
  }))

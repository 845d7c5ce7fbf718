// The fault tests are only worth something if they can fail: with each guard taken away, in databases that are thrown
// away afterwards, the checkers must say so.

import { cancelSeats } from '@marquee/core/cancellations/cancel-seats'
import { newId, newSecret } from '@marquee/core/ids'
import { checkInvariants } from '@marquee/core/invariants/check-invariants'
import { startCheckout } from '@marquee/core/payments/start-checkout'
import { freeSeats } from '@marquee/core/seats/free-seats'
import { hallKeys } from '@marquee/core/seats/hold-scripts'
import { holdSeats } from '@marquee/core/seats/hold-seats'
import { markSeatsSold } from '@marquee/core/seats/mark-seats-sold'
import { bookSeats } from '@marquee/core/testing/book-seats'
import { makeShowtime, makeUser } from '@marquee/core/testing/factories'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import { withoutClaims } from '@marquee/core/testing/without-claims'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type House, openHouse } from '../../../scripts/testing/house.ts'
import { buy, SEATS } from '../../../scripts/testing/sale.ts'
import { audit, settleDown } from '../../../scripts/testing/settle-down.ts'

vi.setConfig({ testTimeout: 60_000 })

describe('crashes', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse()
    await house.api()
    house.worker()
  })
  afterEach(() => house.close())

  test('an outbox that marks its rows before they are added loses them: tickets and mails that never come are seen', async () => {
    await house.ctx.pool.query(
      `CREATE FUNCTION mark_too_early() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.published_at := now(); RETURN NEW; END $$`,
    )
    await house.ctx.pool.query(
      `CREATE TRIGGER mark_too_early BEFORE INSERT ON outbox_events FOR EACH ROW EXECUTE FUNCTION mark_too_early()`,
    )
    await buy(await house.guest(SEATS))
    await expect(settleDown(house, 3_000)).rejects.toThrow(/no ticket .*no mail/)
  })

  test('money the gateway took and we forgot, a refund given twice, a mail sent twice', async () => {
    await buy(await house.guest(SEATS))
    await settleDown(house)
    expect(await audit(house)).toEqual([])

    const [mail] = await house.ctx.db.capturedMessage.findMany()
    if (!mail) throw new Error('no mail was sent')
    await house.ctx.db.capturedMessage.create({ data: { ...mail, id: newId(), attachments: [] } })
    expect(await audit(house)).toEqual([expect.stringMatching(/^2 mails /)])
    await house.ctx.db.capturedMessage.deleteMany()
    // Two mails of one booking and one sum: right when each is of its own refund, wrong when both are of one.
    const tell = (reference: string) =>
      house.ctx.db.capturedMessage.create({
        data: { ...mail, id: newId(), attachments: [], text: `/refunds/${reference} ${mail.text}` },
      })
    for (const reference of ['refund-one', 'refund-two']) await tell(reference)
    expect(await audit(house)).toEqual([])
    await tell('refund-two')
    expect(await audit(house)).toEqual([expect.stringMatching(/^2 mails /)])
    await house.ctx.db.capturedMessage.deleteMany()

    const paid = house.ledger.one<{ id: string; order_id: string }>('SELECT id, order_id FROM payments')
    const order = house.ledger.order(paid?.order_id ?? '')
    if (!paid || !order) throw new Error('nothing was paid')
    const secret = house.ledger.addPayment(order, 'upi', 'captured', null)
    expect(await audit(house)).toEqual([
      expect.stringContaining(`as ${secret.id}, of which we know nothing`),
      expect.stringMatching(/^the gateway keeps/),
    ])
    house.ledger.run('DELETE FROM payments WHERE id = ?', secret.id)

    house.ledger.addRefund(paid.id, order.amount, null, newSecret(), Date.now() + 3_600_000, false)
    const problems = await audit(house)
    expect(problems).toContainEqual(expect.stringMatching(/we owe 0 back, they gave/))
    expect(problems).toContainEqual(expect.stringMatching(/which nobody asked for/))
  })
})

describe('stores', () => {
  let ctx: TestContext
  beforeEach(async () => {
    ctx = await testContext()
  })
  afterEach(() => ctx.close())
  const broken = async (quiet = false) =>
    (await checkInvariants(ctx, { quiet })).violations.map(({ invariant }) => invariant)

  test('trusting the hold in Redis instead of a claim sells a seat twice when Redis is emptied', async () => {
    await withoutClaims(ctx)
    const showtime = await makeShowtime(ctx)
    // What trusting Redis means: an emptied one is read as a hall in which everything is free.
    const emptied = async () => {
      await ctx.redis.run((client) => client.flushdb())
      const [hash, , map] = hallKeys(ctx, showtime.id)
      await ctx.redis.run((client) => client.set(map, '0'.repeat(48)))
      await ctx.redis.run((client) => client.hset(hash, '@', 'trusted', '#', 0))
    }
    for (let guest = 0; guest < 2; guest++) {
      await emptied()
      await bookSeats(ctx, { showtime, seatIds: ['A1'] })
    }
    expect(await broken()).toContain('I1')
  })

  test('with the claim, the very same Redis sells it once', async () => {
    const showtime = await makeShowtime(ctx)
    await bookSeats(ctx, { showtime, seatIds: ['A1'] })
    const [hash, , map] = hallKeys(ctx, showtime.id)
    await ctx.redis.run((client) => client.flushdb())
    await ctx.redis.run((client) => client.set(map, '0'.repeat(48)))
    await ctx.redis.run((client) => client.hset(hash, '@', 'trusted', '#', 0))
    await expect(bookSeats(ctx, { showtime, seatIds: ['A1'] })).rejects.toMatchObject({ code: 'SEATS_TAKEN' })
    expect(await broken()).not.toContain('I1')
  })

  test('reading a cold hall as free shows sold seats as free: seen at once', async () => {
    const { bookingId, showtime } = await bookSeats(ctx)
    await markSeatsSold(ctx, { bookingId })
    expect(await broken(true)).toEqual([])
    const [hash, , map] = hallKeys(ctx, showtime.id)
    await ctx.redis.run((client) => client.flushdb())
    await ctx.redis.run((client) => client.set(map, '0'.repeat(48)))
    await ctx.redis.run((client) => client.hset(hash, '@', 'cold-read-as-free', '#', 0))
    expect(await broken(true)).toEqual(['I6', 'I6'])
  })

  test('a sweeper that never comes leaves ended holds on the screens', async () => {
    const brief = await testContext({ database: ctx.database, env: { SEAT_LOCK_TTL_MS: '1000' } })
    const { showtime } = await bookSeats(ctx) // so that the hall is looked at
    const hold = await holdSeats(brief, { showtimeId: showtime.id, seatIds: ['F1'] })
    const [hash, ends] = hallKeys(ctx, showtime.id)
    // Its end is moved three seconds into the past: what waiting would do.
    const past = Date.parse(hold.expiresAt) - 5_000
    const [holder] = await ctx.redis.run((client) => client.zrange(ends, '0', '0'))
    await ctx.redis.run((client) => client.hset(hash, `o:${holder}`, `${past}|${past - 1_000}|40`))
    expect(await broken()).toEqual(['I5'])
    await brief.close()
  })

  test('a sale of which only half was committed', async () => {
    const { bookingId } = await bookSeats(ctx)
    await ctx.pool.query('DELETE FROM tickets WHERE booking_id = $1', [bookingId])
    await ctx.pool.query(`UPDATE payment_captures SET outcome = 'REFUND_DUE'`)
    await ctx.pool.query('DELETE FROM outbox_events WHERE key = $1', [`booking.confirmed:${bookingId}`])
    expect(new Set(await broken())).toEqual(new Set(['I1', 'I2']))
  })

  /** Two bookings of two seats; one seat of the first was given back, and what follows was done. */
  async function oneSeatBack() {
    const sale = await bookSeats(ctx)
    await markSeatsSold(ctx, sale)
    const done = await cancelSeats(ctx.pool, {
      bookingId: sale.bookingId,
      userId: null,
      key: newId(),
      by: 'GUEST',
      actorId: null,
      seats: [0],
    })
    if (!('cancellationId' in done)) throw new Error(done.outcome)
    await freeSeats(ctx, done)
    expect(await broken(true)).toEqual([])
    return { ...sale, ...done }
  }
  const says = async (quiet = false) =>
    (await checkInvariants(ctx, { quiet })).violations.map(({ detail }) => detail.split(':')[0])

  test.each([
    ['a cancellation whose refunds are not what it promised', 'UPDATE refunds SET amount_minor = amount_minor - 1'],
    [
      'a cancellation that gave back more than its seats cost',
      `UPDATE cancellations SET refund_minor = 26771; UPDATE refunds SET amount_minor = 26771`,
    ],
    ['a capture of which more went back than came', 'UPDATE refunds SET amount_minor = 100000'],
    ['vouchers that got back another sum than was promised them', 'UPDATE cancellations SET to_voucher_minor = 1'],
    [
      'a seat given back twice',
      `INSERT INTO cancellations (id, booking_id, key, by, seats, base_minor, percent, refund_minor) SELECT gen_random_uuid(), booking_id, 'again', by, seats, 0, 0, 0 FROM cancellations`,
    ],
    ['a confirmed booking whose tickets are not its seats', `UPDATE cancellations SET seats = '{0,1}'`],
    ['a live ticket without its sold claim', `DELETE FROM seat_claims WHERE seat = 1`],
    [
      'a cancelled booking that holds a live ticket, a claim or a printed ticket',
      `UPDATE bookings SET status = 'CANCELLED', cancelled_at = now()`,
    ],
    [
      'a cancelled booking of which some seats were never given back',
      `UPDATE bookings SET status = 'CANCELLED', cancelled_at = now(); UPDATE tickets SET status = 'CANCELLED'; DELETE FROM seat_claims`,
    ],
    [
      'a cancellation of which the screens or the guest are not told',
      `DELETE FROM outbox_events WHERE topic = 'seats.freed'`,
    ],
    ['a refund that should have arrived by now', `UPDATE refunds SET promised_by = now() - interval '1 minute'`],
    ['a refund without its outbox row', `DELETE FROM outbox_events WHERE topic = 'payment.refund'`],
    ['a capture that booked and went back without a cancellation', 'UPDATE refunds SET cancellation_id = NULL'],
    [
      'a booking that stands 15 minutes after the cinema cancelled its showtime',
      `UPDATE showtimes SET status = 'CANCELLED', cancelled_at = now() - interval '1 hour'; UPDATE bookings SET confirmed_at = now() - interval '2 hours'`,
    ],
  ])('seats given back, and then %s', async (what, sql) => {
    await oneSeatBack()
    await ctx.pool.query(sql)
    expect(await says()).toContain(what)
  })

  test('a seat given back that no screen hears of is seen once things are quiet', async () => {
    const { showtime } = await oneSeatBack()
    const [hash, , map] = hallKeys(ctx, showtime.id)
    await ctx.redis.run((client) => client.hset(hash, '0', 'S'))
    await ctx.redis.run((client) => client.setrange(map, 0, '2'))
    expect(await broken()).toEqual([]) // the worker has a minute
    expect(await broken(true)).toEqual(['I6'])
    await ctx.pool.query(`UPDATE cancellations SET created_at = now() - interval '2 minutes'`)
    expect(await broken()).toEqual(['I6'])
  })

  test('without the lock on the booking, two tabs give one seat back twice', async () => {
    const { rows } = await ctx.pool.query<{ source: string }>(
      `SELECT pg_get_functiondef('cancel_seats'::regproc) AS source`,
    )
    const source = rows[0]?.source ?? ''
    const unlocked = source
      .replace('b.user_id = p_user) FOR UPDATE;', 'b.user_id = p_user);')
      .replace('quote_cancellation(p_booking, p_seats, p_by, p_refund);', '$& PERFORM pg_sleep(0.2);')
    expect(unlocked.length).toBe(source.length - ' FOR UPDATE'.length + ' PERFORM pg_sleep(0.2);'.length)
    await ctx.pool.query(unlocked)
    const { bookingId } = await bookSeats(ctx)
    const tab = (key: string) =>
      cancelSeats(ctx.pool, { bookingId, userId: null, key, by: 'GUEST', actorId: null, seats: [0] })
    await Promise.all([tab('one'), tab('two')])
    expect(await says()).toContain('a seat given back twice')
  })

  test('a key whose order was lost', async () => {
    const user = await makeUser(ctx)
    const { id: showtimeId } = await makeShowtime(ctx)
    const hold = await holdSeats(ctx, { showtimeId, seatIds: ['A1'] })
    const actor = { kind: 'user', userId: user.id, role: 'customer', jti: newId() } as const
    const order = { showtimeId, seatIds: ['A1'], expectedTotalMinor: hold.quote?.totalMinor ?? 0 }
    await startCheckout(ctx, actor, { ...order, holdToken: hold.holdToken, idempotencyKey: newSecret() })
    await ctx.pool.query('ALTER TABLE idempotency_keys DISABLE TRIGGER ALL')
    await ctx.pool.query('UPDATE idempotency_keys SET booking_id = $1', [newId()])
    expect(await broken()).toContain('I7')
  })
})

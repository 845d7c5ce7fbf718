import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSession } from '../auth/refresh-tokens.ts'
import { newId } from '../ids.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { issueInvoice } from '../invoices/issue-invoice.ts'
import { bookSeats } from '../testing/book-seats.ts'
import { makeTheatre, makeUser } from '../testing/factories.ts'
import { makeProof } from '../testing/make-proof.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { mailTicket } from '../tickets/mail-ticket.ts'
import { deleteAccount } from './delete-account.ts'
import { eraseLateTraces } from './erase-late-traces.ts'
import { exportAccount } from './export-account.ts'
import { mailAccount } from './mail-account.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

const ended: string[] = []
const revocations = {
  has: (id: string) => ended.includes(id),
  announce: async (id: string) => {
    ended.push(id)
  },
  close() {},
}
const actorOf = (userId: string) => ({ kind: 'user', userId, role: 'customer', jti: newId() }) as const
const remove = (userId: string, how: { password?: string; proof?: string }) =>
  deleteAccount({ ...ctx, revocations }, actorOf(userId), { ...how, network: '192.0.2.1' })

/** Every row of every table that says this somewhere. */
async function rowsWith(text: string): Promise<string[]> {
  const { rows: tables } = await ctx.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  expect(tables.length).toBeGreaterThan(25)
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await ctx.pool.query<{ row: string }>(
      `select t::text as row from "${name}" t where position(lower($1) in lower(t::text)) > 0`,
      [text],
    )
    found.push(...rows.map(({ row }) => `${name}: ${row.slice(0, 300)}`))
  }
  return found
}

const sums = async () =>
  (
    await ctx.pool.query(
      `select (select json_agg(b order by id) from (select id, code, status, base_minor, convenience_fee_minor, tax_minor, total_minor, user_id from bookings) b) as bookings,
              (select json_agg(p order by id) from payments p) as payments,
              (select json_agg(c order by id) from payment_captures c) as captures,
              (select json_agg(t order by id) from tickets t) as tickets,
              (select json_agg(i order by id) from (select id, number, kind, issued_at, data - 'buyer' as data from invoices) i) as invoices`,
    )
  ).rows[0]

test('the person is erased everywhere; bookings, money, tickets and the figures of invoices stay as they were', async () => {
  const [email, phone, name] = ['erase.me@example.com', '+919812345678', 'Erasmus Unforgettable']
  const user = await makeUser(ctx, { email, name, password: 'two samosas please' })
  await ctx.db.user.update({
    where: { id: user.id },
    data: { phone, username: 'erasmus', emailVerifiedAt: new Date() },
  })
  const [booking, other] = [await bookSeats(ctx, { user }), await bookSeats(ctx)]
  await mailTicket(ctx, booking)
  await mailTicket(ctx, other)
  for (const { bookingId } of [booking, other]) await issueInvoice(ctx, { bookingId })
  await ctx.db.invoice.updateMany({ data: { pdf: Buffer.from(email) } })
  await ctx.db.ticketDocument.create({ data: { bookingId: booking.bookingId, bytes: Buffer.from(email) } })
  await openSession(ctx, await ctx.db.user.findUniqueOrThrow({ where: { id: user.id } }))
  await makeProof(ctx, { email }, { purpose: 'login', userId: user.id })
  await ctx.db.adminRequest.create({
    data: { id: newId(), userId: user.id, organisation: name, message: `write to ${email}` },
  })
  await ctx.db.theatreAdmin.create({ data: { userId: user.id, theatreId: (await makeTheatre(ctx)).id } })
  const { gatewayOrderId } = await ctx.db.payment.findUniqueOrThrow({ where: { id: booking.paymentId } })
  const entity = {
    order_id: gatewayOrderId,
    amount: 53_000,
    email,
    contact: phone,
    vpa: 'erase.me@bank',
    card: { name },
  }
  const eventId = newId()
  await ctx.db.webhookEvent.create({
    data: {
      id: newId(),
      gateway: 'fake',
      eventId,
      type: 'payment.captured',
      payload: { payload: { payment: { entity } } },
    },
  })
  await ctx.db.capturedMessage.create({
    data: { id: newId(), channel: 'email', recipient: email, text: `Dear ${name}`, attachments: [] },
  })
  const before = await sums()
  const otherBefore = await rowsWith(other.user.email ?? '')
  expect((await rowsWith(email)).map((row) => row.split(':')[0])).toEqual(
    expect.arrayContaining(['users', 'bookings', 'deliveries', 'invoices', 'otp_challenges', 'webhook_events']),
  )

  expect(await remove(user.id, { password: 'two samosas please' })).toEqual({ upcoming: 1 })

  // One row is left that says where to write the farewell to; once it is written, none is.
  expect((await rowsWith(email)).map((row) => row.split(':')[0])).toEqual(['deliveries'])
  const farewell = await ctx.db.delivery.findFirstOrThrow({ where: { recipient: email } })
  await mailAccount(ctx, { deliveryId: farewell.id })
  await mailAccount(ctx, { deliveryId: farewell.id })
  const sent = ctx.mail.sent.filter((mail) => mail.to === email)
  expect(sent.map((mail) => mail.subject)).toEqual([expect.stringContaining('Your ticket'), 'Your account is deleted'])
  for (const trace of [email, phone, name, 'erasmus', 'erase.me'])
    expect([trace, await rowsWith(trace)]).toEqual([trace, []])

  expect(await sums()).toEqual(before)
  expect((await ctx.db.webhookEvent.findFirstOrThrow({ where: { eventId } })).payload).toEqual({
    payload: { payment: { entity: { order_id: gatewayOrderId, amount: 53_000 } } },
  })
  expect(await rowsWith(other.user.email ?? '')).toEqual(otherBefore)
  expect((await checkInvariants(ctx)).violations).toEqual([])

  // What comes in later, of a refund or of a checkout that was under way, goes within the hour.
  await ctx.db.webhookEvent.create({
    data: {
      id: newId(),
      gateway: 'fake',
      eventId: newId(),
      type: 'refund.processed',
      payload: { payload: { payment: { entity } } },
    },
  })
  await ctx.db.booking.update({ where: { id: booking.bookingId }, data: { email } })
  expect(await rowsWith(email)).toHaveLength(2)
  expect(await eraseLateTraces(ctx)).toBe(2)
  expect(await eraseLateTraces(ctx)).toBe(0)
  expect(await rowsWith(email)).toEqual([])
  expect(await rowsWith(other.user.email ?? '')).toEqual(otherBefore)

  // Nothing is sent to nobody, and no sweep looks for it again.
  await ctx.db.delivery.deleteMany({ where: { eventKey: `ticket.mail:${booking.bookingId}` } })
  const attempts = ctx.mail.attempts.count
  await mailTicket(ctx, booking)
  expect(ctx.mail.attempts.count).toBe(attempts)
  expect(await ctx.db.delivery.count({ where: { eventKey: `ticket.mail:${booking.bookingId}` } })).toBe(0)
})

test('what a mail server said of an address, and a decision sent to an earlier one, go too', async () => {
  const user = await makeUser(ctx, { email: 'now.me@example.com', password: 'two samosas please' })
  const request = { id: newId(), userId: user.id, organisation: 'Rex', message: '' }
  await ctx.db.adminRequest.create({ data: request })
  const delivery = { channel: 'email', template: 'x', lastError: '550 <now.me@example.com>: no such box' }
  await ctx.db.delivery.createMany({
    data: [
      { ...delivery, id: newId(), eventKey: 'ticket.mail:x', recipient: 'now.me@example.com' },
      { ...delivery, id: newId(), eventKey: `admin-request.mail:${request.id}`, recipient: 'old.me@example.com' },
    ],
  })
  await remove(user.id, { password: 'two samosas please' })
  const [farewell, ...more] = await rowsWith('now.me')
  expect([farewell, more]).toEqual([expect.stringContaining('account-deleted'), []])
  expect(await rowsWith('old.me')).toEqual([])
})

test('an address that somebody typed and never proved: its owner’s messages are neither shown to them nor erased', async () => {
  const victim = 'victim@example.com'
  const user = await makeUser(ctx, { email: victim, password: 'two samosas please' })
  const data = { phone: '+919812340001', phoneVerifiedAt: new Date() }
  await ctx.db.user.update({ where: { id: user.id }, data })
  const mail = { id: newId(), eventKey: 'ticket.mail:of-the-victim', channel: 'email', recipient: victim }
  await ctx.db.delivery.create({ data: { ...mail, template: 'ticket' } })
  await makeProof(ctx, { email: victim })
  expect((await exportAccount(ctx, actorOf(user.id))).messages).toEqual([])
  await remove(user.id, { password: 'two samosas please' })
  expect(await ctx.db.delivery.findUnique({ where: { id: mail.id } })).toMatchObject({ recipient: victim })
  expect(await ctx.db.otpChallenge.count({ where: { destination: victim } })).toBe(1)
})

test('somebody with powers who leaves is written down, by what they were', async () => {
  const user = await makeUser(ctx, { role: 'admin', password: 'two samosas please' })
  const guest = await makeUser(ctx, { password: 'two samosas please' })
  for (const { id } of [user, guest]) await remove(id, { password: 'two samosas please' })
  const entries = await ctx.db.auditEntry.findMany({ where: { subjectId: { in: [user.id, guest.id] } } })
  expect(entries.map(({ action, subjectId, before }) => [action, subjectId, before])).toEqual([
    ['user.leave', user.id, { role: 'admin', theatreIds: [] }],
  ])
})

test('the address is free for a new account, which has nothing of the old one', async () => {
  const user = await makeUser(ctx, { email: 'again@example.com', password: 'two samosas please' })
  await remove(user.id, { password: 'two samosas please' })
  const next = await makeUser(ctx, { email: 'again@example.com' })
  expect(next.id).not.toBe(user.id)
})

test('a wrong password, none, or the proof of somebody else or for something else: nothing is erased', async () => {
  const user = await makeUser(ctx, { email: 'stays@example.com', password: 'two samosas please' })
  const stranger = await makeUser(ctx)
  const refused = (how: { password?: string; proof?: string }, code: string) =>
    expect(remove(user.id, how)).rejects.toMatchObject({ code })
  await refused({ password: 'three samosas please' }, 'VALIDATION')
  await refused({}, 'VALIDATION')
  await refused({ proof: 'made up, as long as one' }, 'OTP_ENDED')
  const to = { email: 'stays@example.com' }
  await refused({ proof: await makeProof(ctx, to, { purpose: 'login', userId: stranger.id }) }, 'OTP_ENDED')
  await refused({ proof: await makeProof(ctx, to, { purpose: 'reset-password', userId: user.id }) }, 'OTP_ENDED')
  expect(await ctx.db.user.findUniqueOrThrow({ where: { id: user.id } })).toEqual(user)
})

test('without a password a fresh code does, once; every session is over', async () => {
  const user = await makeUser(ctx, { email: 'code@example.com' })
  const { session } = await openSession(ctx, user)
  const { sid } = JSON.parse(Buffer.from(session.accessToken.split('.')[1] ?? '', 'base64url').toString()) as {
    sid: string
  }
  const proof = await makeProof(ctx, { email: 'code@example.com' }, { purpose: 'login', userId: user.id })
  expect(await remove(user.id, { proof })).toEqual({ upcoming: 0 })
  expect(revocations.has(sid)).toBe(true)
  await expect(remove(user.id, { proof })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
})

test('the last superadmin stays', async () => {
  const one = await makeUser(ctx, { role: 'superadmin', password: 'two samosas please' })
  const two = await makeUser(ctx, { role: 'superadmin', password: 'two samosas please' })
  const both = await Promise.allSettled([one, two].map((user) => remove(user.id, { password: 'two samosas please' })))
  expect(both.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await ctx.db.user.count({ where: { role: 'superadmin', deletedAt: null } })).toBe(1)
})

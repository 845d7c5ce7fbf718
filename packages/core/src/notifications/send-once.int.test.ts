import { MailError } from '@marquee/providers/mail/mail-sender'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../ids.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { DeliveryBusy, sendOnce } from './send-once.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

const fresh = () => ({ eventKey: `test:${newId()}`, recipient: `${newId()}@example.com`, template: 'test' })
const compose = async () => ({ subject: 'Hello', text: 'Hello', html: '<p>Hello</p>', attachments: [] })
const rowOf = (eventKey: string) => ctx.db.delivery.findFirstOrThrow({ where: { eventKey } })
const sentTo = (recipient: string) => ctx.mail.sent.filter((mail) => mail.to === recipient)

test('one event, one mail, however often it is asked for', async () => {
  const delivery = fresh()
  expect(await sendOnce(ctx, delivery, compose)).toBe('sent')
  const before = ctx.mail.attempts.count
  expect(await sendOnce(ctx, delivery, compose)).toBe('sent-before')
  expect(ctx.mail.attempts.count).toBe(before)
  expect(await rowOf(delivery.eventKey)).toMatchObject({ state: 'SENT', attempts: 1, lastError: null })
})

test('ten workers at once: the mail provider is asked once', async () => {
  const delivery = fresh()
  const before = ctx.mail.attempts.count
  const answers = await Promise.allSettled(Array.from({ length: 10 }, () => sendOnce(ctx, delivery, compose)))
  expect(ctx.mail.attempts.count - before).toBe(1)
  for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(DeliveryBusy)
})

test('a mail server that is down is tried again; one that says never is not', async () => {
  const later = fresh()
  ctx.mail.failWith(new MailError('451 try later', true))
  await expect(sendOnce(ctx, later, compose)).rejects.toThrow('451')
  expect(await rowOf(later.eventKey)).toMatchObject({ state: 'PENDING', lastError: '451 try later' })
  const never = fresh()
  ctx.mail.failWith(new MailError('550 no such mailbox', false))
  await expect(sendOnce(ctx, never, compose)).rejects.toThrow('550')
  ctx.mail.failWith(null)
  expect(await sendOnce(ctx, later, compose)).toBe('sent')
  expect(await sendOnce(ctx, never, compose)).toBe('refused-before')
  expect(sentTo(never.recipient)).toEqual([])
})

test('a worker that died after sending: sent again under the same key, which the provider drops', async () => {
  const delivery = fresh()
  const dying = {
    ...ctx,
    crashPoint() {
      throw new Error('killed')
    },
  }
  await expect(sendOnce(dying, delivery, compose)).rejects.toThrow('killed')
  expect(await rowOf(delivery.eventKey)).toMatchObject({ state: 'SENDING' })
  expect(await sendOnce(ctx, delivery, compose)).toBe('sent')
  expect(await rowOf(delivery.eventKey)).toMatchObject({ state: 'SENT', attempts: 2 })
  expect(sentTo(delivery.recipient)).toHaveLength(1)
})

test('the lock is let go whatever happens', async () => {
  const delivery = fresh()
  const broken = async () => {
    throw new Error('nothing to say')
  }
  await expect(sendOnce(ctx, delivery, broken)).rejects.toThrow('nothing to say')
  expect(await sendOnce(ctx, delivery, compose)).toBe('sent')
})

test('two connections in all: many mails at once go out, and the rest of the process is not kept waiting', async () => {
  const small = await testContext({ database: ctx.database, mail: ctx.mail, env: { DATABASE_POOL: '2' } })
  const server = Promise.withResolvers<void>()
  const started = Promise.withResolvers<void>()
  const mail = {
    ...ctx.mail,
    send: async (message: Parameters<typeof ctx.mail.send>[0]) => {
      started.resolve()
      await server.promise
      return ctx.mail.send(message)
    },
  }
  const deliveries = Array.from({ length: 8 }, fresh)
  const composeFromRows = async () => {
    await small.db.user.count()
    return compose()
  }
  const sending = deliveries.map((delivery) => sendOnce({ ...small, mail }, delivery, composeFromRows))
  await started.promise
  expect((await small.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  server.resolve()
  expect(await Promise.all(sending)).toEqual(deliveries.map(() => 'sent'))
  for (const { recipient } of deliveries) expect(sentTo(recipient)).toHaveLength(1)
  await small.close()
})

test('the session is lost while the mail server has the mail: it is sent, and known to be', async () => {
  const delivery = fresh()
  const mail = {
    ...ctx.mail,
    send: async (message: Parameters<typeof ctx.mail.send>[0]) => {
      await ctx.pool.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      )
      return ctx.mail.send(message)
    },
  }
  expect(await sendOnce({ ...ctx, mail }, delivery, compose)).toBe('sent')
  expect(await rowOf(delivery.eventKey)).toMatchObject({ state: 'SENT', attempts: 1 })
})

test('a mail server that refuses us, and not the guest, is somebody’s to mend: it is said aloud, and the mail waits', async () => {
  const delivery = fresh()
  const said: unknown[] = []
  const log = Object.assign(Object.create(ctx.log), { error: (...words: unknown[]) => said.push(words) })
  ctx.mail.failWith(new MailError('550 sender domain not verified', true, { ours: true }))
  await expect(sendOnce({ ...ctx, log }, delivery, compose)).rejects.toThrow('550')
  ctx.mail.failWith(null)
  expect(said).toHaveLength(1)
  expect(await rowOf(delivery.eventKey)).toMatchObject({ state: 'PENDING' })
  expect(await sendOnce(ctx, delivery, compose)).toBe('sent')
})

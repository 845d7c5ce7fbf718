import { expect, test } from 'vitest'
import { newId } from '../ids.ts'
import { makeUser } from '../testing/factories.ts'
import { testContext } from '../testing/services.ts'
import { purgeExpired } from './purge-expired.ts'

const ago = (days: number) => new Date(Date.now() - days * 86_400_000)

test('old leftovers go, everything that may still be asked for stays', async () => {
  const ctx = await testContext()
  const { id: userId } = await makeUser(ctx)
  const key = (name: string, days: number) => ({
    userId,
    key: name,
    requestHash: 'x',
    bookingId: newId(),
    createdAt: ago(days),
  })
  await ctx.db.idempotencyKey.createMany({ data: [key('old', 8), key('young', 6)] })
  const event = (name: string, publishedAt: Date | null) => ({
    key: name,
    topic: 't',
    payload: {},
    createdAt: ago(30),
    publishedAt,
  })
  await ctx.db.outboxEvent.createMany({ data: [event('old', ago(8)), event('young', ago(6)), event('never', null)] })
  await ctx.db.outboxEvent.createMany({
    data: [
      { ...event('swept for', ago(14)), topic: 'booking.confirmed' },
      { ...event('told of', ago(14)), topic: 'refund.mail' },
      { ...event('given up', ago(16)), topic: 'refund.mail' },
    ],
  })
  const hook = (eventId: string, days: number, processedAt: Date | null) => ({
    id: newId(),
    gateway: 'dev',
    eventId,
    type: 't',
    payload: {},
    receivedAt: ago(days),
    processedAt,
  })
  await ctx.db.webhookEvent.createMany({
    data: [hook('old', 91, ago(91)), hook('young', 89, ago(89)), hook('open', 200, null)],
  })
  await ctx.db.revokedToken.createMany({
    data: [
      { jti: newId(), expiresAt: ago(1) },
      { jti: newId(), expiresAt: ago(-1) },
    ],
  })

  const code = (destination: string, days: number) => ({
    id: newId(),
    purpose: 'LOGIN' as const,
    channel: 'email',
    destination,
    codeHash: 'x',
    lastSentAt: ago(days),
    expiresAt: ago(days),
  })
  await ctx.db.otpChallenge.createMany({ data: [code('old', 1.1), code('young', 0.9)] })

  expect(await purgeExpired(ctx)).toMatchObject({
    otp_challenges: 1,
    idempotency_keys: 1,
    outbox_events: 2,
    webhook_events: 1,
    revokedTokens: 1,
  })
  expect((await ctx.db.otpChallenge.findMany()).map((row) => row.destination)).toEqual(['young'])
  expect((await ctx.db.idempotencyKey.findMany()).map((row) => row.key)).toEqual(['young'])
  expect((await ctx.db.outboxEvent.findMany()).map((row) => row.key).sort()).toEqual([
    'never',
    'swept for',
    'told of',
    'young',
  ])
  expect((await ctx.db.webhookEvent.findMany()).map((row) => row.eventId).sort()).toEqual(['open', 'young'])
  await ctx.close()
})

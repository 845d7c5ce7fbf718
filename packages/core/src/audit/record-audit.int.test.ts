import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../context.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { recordAudit } from './record-audit.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

const actor = (): Actor => ({ kind: 'user', userId: randomUUID(), role: 'admin', jti: randomUUID() })
const about = (subjectId: string) => ctx.db.auditEntry.findMany({ where: { subjectId } })

test('through Prisma and through a client of the pool it is the same entry', async () => {
  const subjectId = randomUUID()
  const audit = {
    actor: actor(),
    action: 'showtime.cancel',
    subjectType: 'showtime',
    subjectId,
    before: { status: 'SCHEDULED', startsAt: new Date('2026-11-21T10:00:00Z'), big: 5n },
    after: { status: 'CANCELLED' },
    origin: { network: '2001:db8::', requestId: 'r-7' },
  }
  await ctx.db.$transaction((tx) => recordAudit(tx, audit))
  await recordAudit(ctx.pool, audit)
  const [first, second] = await about(subjectId)
  expect({ ...first, id: 0, at: 0 }).toEqual({ ...second, id: 0, at: 0 })
  expect(first).toMatchObject({
    actorRole: 'admin',
    before: { status: 'SCHEDULED', startsAt: '2026-11-21T10:00:00.000Z', big: '5' },
    after: { status: 'CANCELLED' },
    network: '2001:db8::',
    requestId: 'r-7',
  })
})

test('it is there exactly when the act is', async () => {
  const subjectId = randomUUID()
  const act = ctx.db.$transaction(async (tx) => {
    await recordAudit(tx, { actor: actor(), action: 'user.role', subjectType: 'user', subjectId })
    throw new Error('the act fails')
  })
  await expect(act).rejects.toThrow('the act fails')
  expect(await about(subjectId)).toEqual([])
})

test('never changed, never deleted: not even by us', async () => {
  const subjectId = randomUUID()
  await recordAudit(ctx.db, { actor: { kind: 'system' }, action: 'a.b', subjectType: 'x', subjectId })
  const [entry] = await about(subjectId)
  expect(entry).toMatchObject({ actorId: null, actorRole: 'system', before: null, network: null })
  await expect(ctx.db.auditEntry.updateMany({ where: { subjectId }, data: { action: 'c.d' } })).rejects.toThrow()
  await expect(ctx.db.auditEntry.deleteMany({ where: { subjectId } })).rejects.toThrow()
  expect(await about(subjectId)).toEqual([entry])
})

test('no secret is written down, and nothing that is too long to read or cannot be stored', async () => {
  const subjectId = randomUUID()
  const after = {
    name: 'a\u0000b\ud800',
    odd: '\\u0000',
    passwordHash: 'x',
    user: { refreshToken: 'y', email: 'a@example.com' },
  }
  await recordAudit(ctx.db, { actor: actor(), action: 'a.b', subjectType: 'x', subjectId, after })
  await recordAudit(ctx.db, {
    actor: actor(),
    action: 'a.b',
    subjectType: 'x',
    subjectId,
    after: { text: 'x'.repeat(30_000) },
  })
  const [first, second] = await about(subjectId)
  expect(first?.after).toEqual({ name: 'ab\ufffd', odd: '\\u0000', user: { email: 'a@example.com' } })
  expect(second?.after).toEqual({ tooLong: 30_011 })
})

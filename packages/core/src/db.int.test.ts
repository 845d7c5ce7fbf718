import { afterAll, beforeAll, expect, test } from 'vitest'
import { badLine } from '../../../scripts/testing/bad-line.ts'
import { eventually } from '../../../scripts/testing/eventually.ts'
import { openDatabase } from './db.ts'
import { classifyFault } from './faults.ts'
import { sendOnce } from './notifications/send-once.ts'
import { type TestContext, testContext } from './testing/services.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

/** The server ends every session of this database but the asking one: a restart, a failover, an administrator. */
const endSessions = () =>
  ctx.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  )

test('a session that is lost while nothing is asked of it ends what it was for, never the process', async () => {
  const client = await ctx.pool.connect()
  const lost = new Promise<void>((resolve) => client.once('end', () => resolve()))
  await endSessions()
  await lost
  await expect(client.query('SELECT 1')).rejects.toThrow()
  client.release(true)
  expect((await ctx.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
})

test('a mail goes out once although its lock was lost in the middle', async () => {
  const delivery = { eventKey: 'ticket.mail:x', recipient: 'guest@example.com', template: 'ticket' }
  const compose = async () => {
    await endSessions()
    return { subject: 'Your ticket', text: 'text', html: 'html', attachments: [] }
  }
  expect(await sendOnce(ctx, delivery, compose)).toBe('sent')
  expect(await sendOnce(ctx, delivery, compose)).toBe('sent-before')
  expect(ctx.mail.sent).toHaveLength(1)
})

test('a server that stalls is given up on, and used again when it answers', async () => {
  const line = await badLine(new URL(ctx.config.database.url))
  const { pool, db } = openDatabase(line.url, 4, () => {}, 300)
  expect(await db.user.count()).toBe(0)
  line.stall()
  const startedAt = performance.now()
  const failures = await Promise.all([
    pool.query('SELECT 1').catch((error: unknown) => error),
    db.user.count().catch((error: unknown) => error),
    db.$transaction(async (tx) => tx.user.count()).catch((error: unknown) => error),
  ])
  expect(failures.map(classifyFault)).toEqual(['unavailable', 'unavailable', 'unavailable'])
  expect(performance.now() - startedAt).toBeLessThan(3_000)
  await line.mend()
  await eventually(async () => (await db.user.count()) === 0)
  await pool.end()
  await line.close()
})

import { afterAll, beforeAll, expect, test } from 'vitest'
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

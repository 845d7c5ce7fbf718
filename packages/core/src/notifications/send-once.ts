import type { MailMessage } from '@marquee/providers/mail/mail-sender'
import type pg from 'pg'
import type { Ctx } from '../context.ts'
import { newId } from '../ids.ts'

type SendCtx = Pick<Ctx, 'db' | 'pool' | 'mail' | 'log' | 'crashPoint'>
type Message = Omit<MailMessage, 'to' | 'idempotencyKey'>

/**
 * Mails one person about one event once, however often the job runs. The delivery row is the guard:
 * PENDING → SENDING → SENT, or FAILED when the mail server says never. A worker that dies between sending and writing
 * SENT leaves SENDING, and the next run sends again under the same key: at most a double mail, never a lost one.
 * Nobody else sends meanwhile: a lock in the database is held for as long as this process lives and sends.
 * @throws MailError when it was not sent, DeliveryBusy when another worker is sending it
 */
export async function sendOnce(
  ctx: SendCtx,
  delivery: { eventKey: string; recipient: string; template: string },
  compose: () => Promise<Message>,
): Promise<'sent' | 'sent-before' | 'refused-before'> {
  const { eventKey, recipient, template } = delivery
  const unique = { eventKey, channel: 'email', recipient }
  return whileLocked(ctx.pool, `delivery:${eventKey}:email:${recipient}`, async () => {
    await ctx.db.delivery.createMany({ data: [{ id: newId(), ...unique, template }], skipDuplicates: true })
    const row = await ctx.db.delivery.findUniqueOrThrow({ where: { eventKey_channel_recipient: unique } })
    if (row.state === 'SENT') return 'sent-before'
    if (row.state === 'FAILED') return 'refused-before'
    const message = await compose()
    await ctx.db.delivery.update({ where: { id: row.id }, data: { state: 'SENDING', attempts: { increment: 1 } } })
    let providerMessageId: string
    try {
      ;({ providerMessageId } = await ctx.mail.send({ ...message, to: recipient, idempotencyKey: row.id }))
    } catch (error) {
      const { retry = true, message: lastError } = error as { retry?: boolean; message: string }
      await ctx.db.delivery.update({ where: { id: row.id }, data: { state: retry ? 'PENDING' : 'FAILED', lastError } })
      if (!retry) ctx.log.error({ err: error, eventKey, template }, 'mail refused for good')
      throw error
    }
    ctx.crashPoint('mail:after-send')
    // Its own statement, outside the try: that this fails must never read as "not sent".
    await ctx.db.delivery.update({
      where: { id: row.id },
      data: { state: 'SENT', sentAt: new Date(), providerMessageId, lastError: null },
    })
    return 'sent'
  })
}

/** Another worker is sending this very message; asking again later finds it sent. */
export class DeliveryBusy extends Error {
  readonly retry = true
  constructor(key: string) {
    super(`${key} is being sent by another worker`)
    this.name = 'DeliveryBusy'
  }
}

/** A session lock goes with its connection: a killed worker frees it, whatever state its row was left in. */
async function whileLocked<T>(pool: pg.Pool, key: string, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
      [key],
    )
    if (!rows[0]?.locked) throw new DeliveryBusy(key)
    try {
      return await work()
    } finally {
      await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [key]).catch((error: Error) => {
        broken = error
      })
    }
  } finally {
    client.release(broken)
  }
}

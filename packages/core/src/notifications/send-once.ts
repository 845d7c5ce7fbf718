import type { MailError, MailMessage } from '@marquee/providers/mail/mail-sender'
import type pg from 'pg'
import type { Ctx } from '../context.ts'
import type { DeliveryState } from '../generated/prisma/client.ts'
import { newId } from '../ids.ts'
import { inSendingTurn } from './sending-turn.ts'

type SendCtx = Pick<Ctx, 'db' | 'pool' | 'mail' | 'log' | 'crashPoint'>
type Message = Omit<MailMessage, 'to' | 'idempotencyKey'>

type Row = { id: string; state: DeliveryState }
type Outcome = 'sent' | 'sent-before' | 'refused-before'

/**
 * Mails one person about one event once, however often the job runs. The delivery row is the guard:
 * PENDING → SENDING → SENT, or FAILED when the mail server says never. A worker that dies between sending and writing
 * SENT leaves SENDING, and the next run sends again under the same key: at most a double mail, never a lost one.
 * Nobody else sends meanwhile: a lock in the database is held for as long as this process lives and sends. One connection
 * in all: the message is composed before, and what is written while the lock is held is written by its session.
 * @throws MailError when it was not sent, DeliveryBusy when another worker is sending it
 */
export async function sendOnce(
  ctx: SendCtx,
  delivery: { eventKey: string; recipient: string; template: string },
  compose: () => Promise<Message>,
): Promise<Outcome> {
  const { eventKey, recipient } = delivery
  if (!recipient.includes('@')) return noteNobody(ctx, delivery)
  const known = await ctx.db.delivery.findUnique({
    where: { eventKey_channel_recipient: { eventKey, channel: 'email', recipient } },
    select: { state: true },
  })
  const over = known && outcomeOf(known.state)
  if (over) return over
  return inSendingTurn(ctx.pool, async () => {
    const message = await compose()
    return whileLocked(ctx.pool, `delivery:${eventKey}:email:${recipient}`, (session) =>
      sendLocked(ctx, session, delivery, message),
    )
  })
}

/** Its person is erased. Written down as refused, or sweeps would look for it again and again. */
async function noteNobody(ctx: SendCtx, delivery: { eventKey: string; recipient: string; template: string }) {
  const lastError = 'nobody to write to any more'
  await ctx.db.delivery.createMany({
    data: [{ id: newId(), channel: 'email', ...delivery, state: 'FAILED', lastError }],
    skipDuplicates: true,
  })
  return 'refused-before' as const
}

async function sendLocked(
  ctx: SendCtx,
  session: pg.PoolClient,
  delivery: { eventKey: string; recipient: string; template: string },
  message: Message,
): Promise<Outcome> {
  const { eventKey, recipient, template } = delivery
  await session.query(
    `INSERT INTO deliveries (id, event_key, channel, recipient, template) VALUES ($1, $2, 'email', $3, $4) ON CONFLICT DO NOTHING`,
    [newId(), eventKey, recipient, template],
  )
  const { rows } = await session.query<Row>(
    `SELECT id, state FROM deliveries WHERE event_key = $1 AND channel = 'email' AND recipient = $2`,
    [eventKey, recipient],
  )
  const row = rows[0]
  if (!row) throw new Error(`delivery of ${eventKey} is gone`)
  const over = outcomeOf(row.state)
  if (over) return over
  await session.query(`UPDATE deliveries SET state = 'SENDING', attempts = attempts + 1 WHERE id = $1`, [row.id])
  // What became of it is known now and must not be lost with the session: then any other connection writes it.
  const note = (sql: string, values: unknown[]) => session.query(sql, values).catch(() => ctx.pool.query(sql, values))
  let providerMessageId: string
  try {
    ;({ providerMessageId } = await ctx.mail.send({ ...message, to: recipient, idempotencyKey: row.id }))
  } catch (error) {
    const { retry = true, ours = false, message: lastError } = error as Partial<MailError>
    await note('UPDATE deliveries SET state = $2::delivery_state, last_error = $3 WHERE id = $1', [
      row.id,
      retry ? 'PENDING' : 'FAILED',
      lastError,
    ])
    if (!retry) ctx.log.error({ err: error, eventKey, template }, 'mail refused for good')
    else if (ours)
      ctx.log.error({ err: error, eventKey, template }, 'the mail server refuses us: its settings need mending')
    throw error
  }
  ctx.crashPoint('mail:after-send')
  // Outside the try: that this fails must never read as "not sent".
  await note(
    `UPDATE deliveries SET state = 'SENT', sent_at = clock_timestamp(), provider_message_id = $2, last_error = NULL WHERE id = $1`,
    [row.id, providerMessageId],
  )
  return 'sent'
}

const outcomeOf = (state: DeliveryState): Outcome | undefined =>
  state === 'SENT' ? 'sent-before' : state === 'FAILED' ? 'refused-before' : undefined

/** Another worker is sending this very message; asking again later finds it sent. */
export class DeliveryBusy extends Error {
  readonly retry = true
  constructor(key: string) {
    super(`${key} is being sent by another worker`)
    this.name = 'DeliveryBusy'
  }
}

/** A session lock goes with its connection: a killed worker frees it, whatever state its row was left in. */
async function whileLocked<T>(pool: pg.Pool, key: string, work: (session: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
      [key],
    )
    if (!rows[0]?.locked) throw new DeliveryBusy(key)
    try {
      return await work(client)
    } finally {
      await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [key]).catch((error: Error) => {
        broken = error
      })
    }
  } finally {
    client.release(broken)
  }
}

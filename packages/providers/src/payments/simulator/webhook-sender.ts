import { request } from 'undici'
import { sign } from '../signatures.ts'
import type { Ledger } from './ledger.ts'
import { runDue } from './moves.ts'
import { readSwitches } from './switches.ts'

type Pending = { id: string; type: string; body: string; copies: number; attempts: number; n: number }
export type SenderOptions = { webhookUrl: string; webhookSecret: string; log?: (message: string) => void }

/** The receiver must answer within this; after it the event is sent again. */
const ANSWER_WITHIN_MS = 5_000
const GIVE_UP_AFTER_MS = 24 * 3_600_000

/** A second, two, four … up to a minute: quick enough to watch, slow enough for a receiver that is down. */
const backoffMs = (attempts: number) => Math.min(1_000 * 2 ** (attempts - 1), 60_000)

/**
 * Sends what is due once: late captures and refunds happen first, then every waiting webhook is posted. The row is the
 * queue: an event not answered with 2xx stays, whatever happens to this process.
 */
export async function sendDue(ledger: Ledger, options: SenderOptions): Promise<number> {
  runDue(ledger)
  const { webhooksMuted, webhooksReversed } = readSwitches(ledger)
  if (webhooksMuted) return 0
  const now = Date.now()
  // Leased before it is sent, so two processes on one file do not both send it.
  const due = ledger.all<Pending>(
    `UPDATE webhooks SET attempts = attempts + 1, next_at = ?
      WHERE id IN (SELECT id FROM webhooks WHERE next_at <= ? ORDER BY next_at, rowid LIMIT 20)
      RETURNING id, type, body, copies, attempts, rowid AS n`,
    now + ANSWER_WITHIN_MS * 2,
    now,
  )
  const deliver = async (event: Pending) => {
    const answers = await Promise.all(Array.from({ length: event.copies }, () => post(event, options)))
    if (answers.some((ok) => ok)) {
      ledger.run('UPDATE webhooks SET delivered_at = ?, next_at = NULL WHERE id = ?', Date.now(), event.id)
    } else {
      const retryAt = Date.now() + backoffMs(event.attempts)
      ledger.run(
        'UPDATE webhooks SET next_at = CASE WHEN created_at < ? THEN NULL ELSE ? END WHERE id = ?',
        now - GIVE_UP_AFTER_MS,
        retryAt,
        event.id,
      )
    }
  }
  if (webhooksReversed) for (const event of due.sort((one, two) => two.n - one.n)) await deliver(event)
  else await Promise.all(due.map(deliver))
  return due.length
}

async function post(event: Pending, options: SenderOptions): Promise<boolean> {
  try {
    const answer = await request(options.webhookUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-razorpay-signature': sign(options.webhookSecret, event.body),
        'x-razorpay-event-id': event.id,
      },
      body: event.body,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    await answer.body.dump()
    const ok = answer.statusCode >= 200 && answer.statusCode < 300
    if (!ok) options.log?.(`development gateway: ${event.type} was answered ${answer.statusCode}, will be sent again`)
    return ok
  } catch {
    return false
  }
}

/** Runs `sendDue` until stopped. `stop` waits for what is in flight. */
export function startSending(ledger: Ledger, options: SenderOptions, everyMs = 200) {
  const stopping = new AbortController()
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      const sent = await sendDue(ledger, options).catch((error: unknown) => {
        options.log?.(`development gateway: ${String(error)}`)
        return 0
      })
      if (sent === 0) await pause(everyMs, stopping.signal)
    }
  })()
  return async () => {
    stopping.abort()
    await loop
  }
}

const pause = (milliseconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done, { once: true })
    if (signal.aborted) done()
  })

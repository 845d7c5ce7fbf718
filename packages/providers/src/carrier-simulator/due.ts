import { readAnswer, type Verb } from './answer-verbs.ts'
import { end, move, obey } from './call-moves.ts'
import { plivoCallFields, twilioCallFields } from './callback-fields.ts'
import type { CallbackRow, CallRow, MessageRow } from './ledger.ts'
import { personaOf } from './personas.ts'
import { AnswerError } from './read-xml.ts'
import { type SendOptions, send } from './sender.ts'
import { tellOfMessage, tellOfReply } from './tell.ts'
import { accountSidOf, type World } from './world.ts'

/** Longer than any answer is waited for: what a process that died had begun is begun again. */
const LEASE_MS = 30_000
const BATCH = 100
const MOST_ATTEMPTS = 6
const DELIVERED_AFTER_MS = 1_200
const REPLY_AFTER_MS = 1_500

/** A callback whose turn it is: all earlier ones of its subject are done. */
const READY = `held = 0 AND NOT EXISTS (SELECT 1 FROM callbacks e WHERE e.subject_id = c.subject_id
  AND e.position < c.position AND e.held = 0 AND e.next_at IS NOT NULL)`

/** When something happens next by itself; null: nothing does. */
export function nextDueAt({ ledger, home }: World): number | null {
  const { at } = ledger.one<{ at: number | null }>(
    `SELECT min(at) AS at FROM (SELECT min(next_at) AS at FROM calls WHERE next_at IS NOT NULL AND home = ?1
       UNION ALL SELECT min(next_at) FROM messages WHERE next_at IS NOT NULL AND home = ?1
       UNION ALL SELECT min(next_at) FROM callbacks c WHERE next_at IS NOT NULL AND home = ?1 AND ${READY})`,
    home,
  )!
  return at
}

/** Begins everything that is due. Each thing is taken by one process only. */
export function beginDue(world: World, options: SendOptions): Promise<void>[] {
  const { ledger } = world
  const now = world.now()
  const take = <T>(table: string, ready: string) =>
    ledger.all<T>(
      `UPDATE ${table} SET next_at = ? WHERE rowid IN (SELECT rowid FROM ${table} c WHERE next_at <= ? AND home = ? AND ${ready}
         ORDER BY next_at, rowid LIMIT ${BATCH}) RETURNING *`,
      now + LEASE_MS,
      now,
      world.home,
    )
  const calls = take<CallRow>('calls', 'true')
  const messages = take<MessageRow>('messages', 'true')
  const callbacks = take<CallbackRow>('callbacks', READY)
  return [
    ...calls.map((call) => runCall(world, options, call)),
    ...messages.map(async (message) => runMessage(world, message)),
    ...callbacks.map((callback) => runCallback(world, options, callback)),
  ]
}

async function runCall(world: World, options: SendOptions, call: CallRow): Promise<void> {
  const { step } = call
  if (step === 'fetch') await fetchWords(world, options, call)
  else if (step)
    world.ledger.transaction(() => {
      // Somebody may have hung up since it was taken.
      const current = world.ledger.call(call.id)
      if (current?.step === step) move(world, current, step)
    })
  world.changed('call', call.id)
}

async function fetchWords(world: World, options: SendOptions, call: CallRow): Promise<void> {
  const { url, method, key } = JSON.parse(call.fetch ?? '{}') as { url: string; method: string; key: string | null }
  const pressed = key === null ? {} : { key }
  const fields =
    call.wire === 'plivo'
      ? plivoCallFields(call, 'answered', key ?? undefined)
      : twilioCallFields(call, 'answered', {
          accountSid: accountSidOf(world),
          sequence: 0,
          at: world.now(),
          ...pressed,
        })
  // Of a call's instructions Twilio says no event, nor where they are in the order of its news.
  if (call.wire === 'twilio') for (const name of ['CallbackSource', 'SequenceNumber', 'Timestamp']) delete fields[name]
  const ask = () => send(world, options, { wire: call.wire, text: false, url, method, fields })
  const answer = await ask()
  for (let copy = 1; copy < (personaOf(call.number).copies ?? 1); copy++) await ask()
  let verbs: Verb[] = []
  let problem: string | null = null
  try {
    if (answer.status >= 200 && answer.status < 300) verbs = readAnswer(call.wire, answer.text, url)
  } catch (error) {
    if (!(error instanceof AnswerError)) throw error
    problem = error.message
  }
  world.ledger.transaction(() => {
    const current = world.ledger.call(call.id)!
    if (current.step !== 'fetch') return
    if (answer.status < 200 || answer.status >= 300)
      end(world, current, 'answer-unreachable', answer.status ? `answered ${answer.status}` : 'no answer')
    else if (problem !== null) end(world, current, 'answer-unreadable', problem)
    else obey(world, call.id, verbs)
  })
}

function runMessage(world: World, { id, step }: MessageRow): void {
  const { ledger } = world
  ledger.transaction(() => {
    const message = ledger.message(id)!
    const { reply } = personaOf(message.number)
    const set = (status: string, next: string | null, at: number | null) =>
      ledger.run('UPDATE messages SET status = ?, step = ?, next_at = ? WHERE id = ?', status, next, at, id)
    if (step === 'sent') {
      set('sent', 'delivered', world.after(DELIVERED_AFTER_MS))
      tellOfMessage(world, message, 'sent')
    } else if (step === 'delivered') {
      set('delivered', reply ? 'reply' : null, reply ? world.after(REPLY_AFTER_MS) : null)
      tellOfMessage(world, message, 'delivered')
    } else {
      set('delivered', null, null)
      if (reply) tellOfReply(world, message, reply)
    }
  })
  world.changed('message', id)
}

async function runCallback(world: World, options: SendOptions, callback: CallbackRow): Promise<void> {
  const { id, wire, subject, subject_id, url, copies } = callback
  const fields = JSON.parse(callback.fields) as Record<string, string>
  let answered = 0
  for (let copy = 0; copy < copies; copy++) {
    const { status } = await send(world, options, { wire, text: subject === 'message', url, method: 'POST', fields })
    answered = status
  }
  const again = !(answered >= 200 && answered < 300) && answered !== 410 && callback.attempts + 1 < MOST_ATTEMPTS
  world.ledger.run(
    'UPDATE callbacks SET attempts = attempts + 1, answered = ?, sent_at = ?, next_at = ? WHERE id = ?',
    answered,
    world.now(),
    again ? world.after(1_000 * 2 ** callback.attempts) : null,
    id,
  )
  world.changed(subject, subject_id)
}

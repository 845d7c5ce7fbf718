import type { CarrierName } from '../carriers/carrier-request.ts'
import { end, placeCall } from './call-moves.ts'
import type { CallRow, MessageRow } from './ledger.ts'
import { isInvalid, type MessageOrder, type Order, Refused } from './orders.ts'
import { personaOf } from './personas.ts'
import { tellOfMessage } from './tell.ts'
import { newId, type World } from './world.ts'

const SENT_AFTER_MS = 500

/** Refuses, or fails, as the number's owner would have it. @throws Refused */
function admit({ ledger }: World, wire: CarrierName, what: string, to: string): void {
  const { invalid, failsOnce } = personaOf(to)
  if (invalid) throw isInvalid(wire, to)
  if (failsOnce && ledger.run('INSERT OR IGNORE INTO faults VALUES (?)', `${what} ${to}`) > 0)
    throw new Refused(500, 'Internal Server Error', 20_500)
}

/** @throws Refused */
export function takeCall(world: World, wire: CarrierName, order: Order): CallRow {
  admit(world, wire, 'call', order.to)
  const call = world.ledger.transaction(() => placeCall(world, wire, order))
  world.changed('call', call.id, true)
  return call
}

/** @throws Refused */
export function takeMessage(world: World, wire: CarrierName, order: MessageOrder): MessageRow {
  const { ledger } = world
  admit(world, wire, 'message', order.to)
  const id = newId(wire, 'SM')
  const taken = ledger.transaction(() => {
    ledger.run(
      `INSERT INTO messages (id, wire, sender, number, text, request, status, step, next_at, placed_at, home)
       VALUES (?, ?, ?, ?, ?, ?, 'queued', 'sent', ?, ?, ?)`,
      id,
      wire,
      order.from,
      order.to,
      order.text,
      JSON.stringify(order),
      world.after(SENT_AFTER_MS),
      world.now(),
      world.home,
    )
    const message = ledger.message(id)!
    if (wire === 'plivo') tellOfMessage(world, message, 'queued')
    return message
  })
  world.changed('message', id, true)
  return taken
}

/** Ends a call because its owner asks for it. False: it was over. */
export function endByRequest(world: World, call: CallRow): boolean {
  if (call.state === 'ended') return false
  world.ledger.transaction(() => end(world, call, call.answered_at === null ? 'cancelled' : 'hung-up-by-request'))
  world.changed('call', call.id)
  return true
}

/** The newest first; `limit` at the most. */
export const callsTo = ({ ledger }: World, wire: CarrierName, to: string | null, limit: number) =>
  to === null
    ? ledger.all<CallRow>('SELECT * FROM calls WHERE wire = ? ORDER BY placed_at DESC LIMIT ?', wire, limit)
    : ledger.all<CallRow>(
        'SELECT * FROM calls WHERE number = ? AND wire = ? ORDER BY placed_at DESC LIMIT ?',
        to,
        wire,
        limit,
      )

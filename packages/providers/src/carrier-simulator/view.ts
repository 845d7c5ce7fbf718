import type { CarrierName } from '../carriers/carrier-request.ts'
import type { Gather, Pressed, Said } from './call-moves.ts'
import type { CallbackRow, CallEnd, CallRow, CallState, Ledger, MessageRow } from './ledger.ts'
import type { CallOrder, MessageOrder } from './orders.ts'
import { personaOf } from './personas.ts'
import type { World } from './world.ts'

/** One callback: when it was sent last, and what it was answered; 0 when there was no answer, null while it waits. */
export type Receipt = { event: string; at: number | null; answered: number | null; attempts: number; copies: number }

/** A call as the carrier's own books have it. Times are epoch milliseconds. */
export type CarrierCall = {
  id: string
  carrier: CarrierName
  from: string
  to: string
  persona: string
  state: CallState
  placedAt: number
  ringingAt: number | null
  /** Until then it rings, unless somebody answers. */
  ringsUntil: number | null
  answeredAt: number | null
  endedAt: number | null
  outcome: CallEnd | null
  detail: string | null
  answeredBy: 'human' | 'machine' | null
  said: Said[]
  keys: Pressed[]
  /** Keys that are being waited for; null while nobody asks for one. */
  listensFor: string | null
  receipts: Receipt[]
}
export type CarrierMessage = {
  id: string
  carrier: CarrierName
  from: string
  to: string
  text: string
  template: string | null
  status: MessageRow['status']
  placedAt: number
  receipts: Receipt[]
}

const receiptsOf = (ledger: Ledger, id: string): Receipt[] =>
  ledger
    .all<CallbackRow>('SELECT * FROM callbacks WHERE subject_id = ? ORDER BY position', id)
    .map(({ event, sent_at, answered, attempts, copies }) => ({ event, at: sent_at, answered, attempts, copies }))

export function viewCall({ ledger, lasts, now }: World, row: CallRow): CarrierCall {
  const order = JSON.parse(row.request) as CallOrder
  const at = now()
  const gather = row.gather ? (JSON.parse(row.gather) as Gather) : null
  return {
    id: row.id,
    carrier: row.wire,
    from: row.caller,
    to: row.number,
    persona: personaOf(row.number).name,
    state: row.state,
    placedAt: row.placed_at,
    ringingAt: row.ringing_at,
    ringsUntil: row.ringing_at === null ? null : row.ringing_at + lasts(order.ringSeconds * 1_000),
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    outcome: row.ended_as,
    detail: row.detail,
    answeredBy: row.answered_by,
    said: (JSON.parse(row.said) as Said[]).filter((words) => words.at <= at),
    keys: JSON.parse(row.keys) as Pressed[],
    listensFor: gather?.keys ?? null,
    receipts: receiptsOf(ledger, row.id),
  }
}

export function viewMessage({ ledger }: World, row: MessageRow): CarrierMessage {
  const order = JSON.parse(row.request) as MessageOrder
  return {
    id: row.id,
    carrier: row.wire,
    from: row.sender,
    to: row.number,
    text: row.text,
    template: order.template ?? null,
    status: row.status,
    placedAt: row.placed_at,
    receipts: receiptsOf(ledger, row.id),
  }
}

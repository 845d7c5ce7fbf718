import { end, press } from './call-moves.ts'
import type { CallRow, MessageRow } from './ledger.ts'
import { tellOfReply } from './tell.ts'
import { type CarrierCall, type CarrierMessage, viewCall, viewMessage } from './view.ts'
import type { World } from './world.ts'

type Page<T> = { items: T[]; total: number }

/** What somebody who holds the phone can do, and what the carrier's books show. */
export function createControls(world: World, callOf: (id: string) => CarrierCall | undefined, wake: () => void) {
  const { ledger } = world
  /** Acts on a call while it is as it must be. Undefined: it is not, or there is no such call. */
  const act = (id: string, may: (call: CallRow) => boolean, how: (call: CallRow) => void): CarrierCall | undefined => {
    const done = ledger.transaction(() => {
      const call = ledger.call(id)
      if (!call || !may(call)) return false
      how(call)
      return true
    })
    if (!done) return undefined
    world.changed('call', id)
    wake()
    return callOf(id)
  }
  const rings = ({ state }: CallRow) => state === 'ringing'
  const talks = ({ state }: CallRow) => state === 'in-progress'

  return {
    /** Somebody picks up a phone that rings. */
    answerCall: (id: string) => act(id, rings, () => ledger.setCall(id, { step: 'answer', next_at: world.now() })),
    declineCall: (id: string) => act(id, rings, (call) => end(world, call, 'declined')),
    /** `key`: 0 to 9, * or #. Heard only while the carrier waits for one. */
    pressKey: (id: string, key: string) => act(id, talks, (call) => press(world, call, key)),
    hangUpByPerson: (id: string) => act(id, talks, (call) => end(world, call, 'hung-up-by-person')),
    /** The owner of the phone that got a text writes back. False: there is no such text. */
    replyTo(messageId: string, text: string): boolean {
      const message = ledger.message(messageId)
      if (message) tellOfReply(world, message, text)
      wake()
      return message !== undefined
    },

    call: callOf,
    /** The newest first. */
    calls({ limit = 100, offset = 0, to }: { limit?: number; offset?: number; to?: string } = {}): Page<CarrierCall> {
      const where = to === undefined ? '' : 'WHERE number = ?'
      const numbers = to === undefined ? [] : [to]
      const rows = ledger.all<CallRow>(
        `SELECT * FROM calls ${where} ORDER BY placed_at DESC, rowid DESC LIMIT ? OFFSET ?`,
        ...numbers,
        limit,
        offset,
      )
      const { n } = ledger.one<{ n: number }>(`SELECT count(*) AS n FROM calls ${where}`, ...numbers)!
      return { items: rows.map((row) => viewCall(world, row)), total: n }
    },
    messages({ limit = 100, offset = 0 }: { limit?: number; offset?: number } = {}): Page<CarrierMessage> {
      const rows = ledger.all<MessageRow>(
        'SELECT * FROM messages ORDER BY placed_at DESC, rowid DESC LIMIT ? OFFSET ?',
        limit,
        offset,
      )
      const { n } = ledger.one<{ n: number }>('SELECT count(*) AS n FROM messages')!
      return { items: rows.map((row) => viewMessage(world, row)), total: n }
    },
  }
}

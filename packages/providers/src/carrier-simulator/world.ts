import { randomBytes, randomUUID } from 'node:crypto'
import type { CarrierName } from '../carriers/carrier-request.ts'
import type { Ledger } from './ledger.ts'

/** The account a client signs in with, in either protocol; both protocols may have one. */
export type Accounts = {
  plivo?: { authId: string; authToken: string }
  twilio?: { accountSid: string; authToken: string }
}

/** What every part of the simulator works with. */
export type World = {
  ledger: Ledger
  accounts: Accounts
  /** Which of those that share the books acts on what is taken here. */
  home: string
  now(): number
  /** The moment so many milliseconds of the carrier's time from now. */
  after(ms: number): number
  /** How long so much of the carrier's time takes. */
  lasts(ms: number): number
  /** Where texts of phones go; `{carrier}` becomes the name of the protocol. */
  inboundUrl: string | undefined
  /** Tells whoever watches, once the books are closed again. */
  changed(kind: 'call' | 'message', id: string, isNew?: boolean): void
}

export const newId = (wire: CarrierName, prefix: 'CA' | 'SM') =>
  wire === 'plivo' ? randomUUID() : prefix + randomBytes(16).toString('hex')
export const accountSidOf = ({ accounts }: World) => accounts.twilio?.accountSid ?? ''

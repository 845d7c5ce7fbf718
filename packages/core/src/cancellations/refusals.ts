import type { CancelRefusal } from './cancel-seats.ts'

/** Why seats cannot be given back, to the guest who asked. */
export const REFUSALS: Record<Exclude<CancelRefusal, 'NOT_FOUND' | 'KEY_REUSED' | 'PRICE_CHANGED'>, string> = {
  NOT_CONFIRMED: 'There is nothing left to cancel in this booking.',
  CINEMA_CANCELLED: 'The cinema has cancelled this showtime. Everything you paid comes back by itself.',
  STARTED: 'The film has begun: this booking can no longer be cancelled.',
  USED: 'A ticket that was used at the door cannot be cancelled.',
  NOT_ITS_SEATS: 'These seats are not in this booking any more. Look at what is left of it.',
}

import type { Booking } from '@marquee/contracts/bookings'
import { formatMoney } from '../../lib/format.ts'
import { bookingPhase } from './booking-phase.ts'

export type StatusWords = { title: string; body: string }

const money = (minor: number) => formatMoney(minor, { exact: true })

/** What giving seats back returns: all of it, and what of it goes to a gift voucher. */
function returned(booking: Pick<Booking, 'cancellations'>): { allMinor: number; toVoucherMinor: number } {
  const sum = (of: 'refundMinor' | 'toVoucherMinor') =>
    booking.cancellations.reduce((total, cancellation) => total + cancellation[of], 0)
  return { allMinor: sum('refundMinor'), toVoucherMinor: sum('toVoucherMinor') }
}

/** A reason is typed with or without an end; a sentence follows it. */
const ended = (text: string) => (text === '' || /[.!?…]$/.test(text) ? text : `${text}.`)

function why(booking: Booking): string {
  const last = booking.cancellations.at(-1)
  if (!last) return booking.refundReason ?? 'The booking could not be kept.'
  if (last.by === 'CINEMA') return `The cinema cancelled this show. ${ended(last.reason.trim())}`.trim()
  return 'You cancelled this booking.'
}

/** These seats cost less than the ones before: the first question is where the rest is. Null when there is none. */
function moveWords({ moveReturn }: Booking): string | null {
  if (!moveReturn) return null
  const cardMinor = moveReturn.refundMinor - moveReturn.toVoucherMinor
  const card = moveReturn.sent
    ? `${money(cardMinor)} of what you paid before was sent back.`
    : `${money(cardMinor)} of what you paid before comes back to you.`
  const voucher = `${money(moveReturn.toVoucherMinor)} is on the gift voucher again.`
  return [cardMinor > 0 && card, moveReturn.toVoucherMinor > 0 && voucher].filter(Boolean).join(' ')
}

/** @param afterPaying the payment page was opened in this tab: money may be on its way that nobody told us of */
export function statusWords(booking: Booking, afterPaying: boolean): StatusWords {
  const paid = money(booking.quote.toPayMinor)
  const { allMinor, toVoucherMinor } = returned(booking)
  const back = booking.cancellations.length > 0 ? money(allMinor - toVoucherMinor) : paid
  const voucher = toVoucherMinor > 0 ? ` ${money(toVoucherMinor)} is on the gift voucher again.` : ''
  switch (bookingPhase(booking)) {
    case 'ticket': {
      const first = booking.quote.toPayMinor > 0 ? `${paid} paid.` : (moveWords(booking) ?? 'Nothing was left to pay.')
      // Paid twice, for example: the ticket stands, and the other money is accounted for.
      const also = booking.refundReason && booking.cancellations.length === 0 ? ` ${booking.refundReason}` : ''
      return { title: 'You are going.', body: `${first} The ticket is also on its way to ${booking.email}.${also}` }
    }
    case 'pay':
      return {
        title: 'Your seats are waiting for the payment.',
        body: afterPaying
          ? 'We have not heard of a payment yet. If you have paid, do not pay again: this page updates itself.'
          : 'Nothing has been charged yet.',
      }
    case 'confirming':
      return {
        title: 'Confirming your payment…',
        body: `This usually takes a few seconds. You can close this page: the ticket goes to ${booking.email} either way, and if the seats cannot be kept, ${paid} comes back by itself. Please do not pay again.`,
      }
    case 'expired':
      return { title: 'The time to pay ran out.', body: expiredWords(booking, afterPaying) }
    case 'cancelled':
      if (booking.cancellations.length === 0) return { title: 'This booking was let go.', body: 'Nothing was charged.' }
      return {
        title: 'This booking is cancelled.',
        body: `${why(booking)}${allMinor === 0 ? ' By the cinema’s policy nothing comes back.' : voucher}`,
      }
    case 'refund-started':
      return {
        title: `${back} is on its way back to you.`,
        body: `${why(booking)} The refund has started and goes to the account or card you paid with, usually within 5 to 7 working days.${voucher} There is nothing you need to do.`,
      }
    case 'refunded':
      return {
        title: `${back} was refunded.`,
        body: `${why(booking)} Your bank may take a few days to show it.${voucher}`,
      }
    case 'moved':
      return {
        title: 'You moved this booking.',
        body: 'Its seats went back to everybody, and its ticket no longer opens the door. The new one does.',
      }
  }
}

function expiredWords(booking: Booking, afterPaying: boolean): string {
  if (booking.moneySetAside)
    return `The seats went back to everybody. Your bank set ${money(booking.quote.toPayMinor)} aside for it after that; it was not taken, and your bank releases it by itself within a few days.`
  return afterPaying
    ? 'The seats went back to everybody, and we have not heard of a payment. If you have paid, do not pay again: it ends in a ticket or a full refund, and this booking says which.'
    : 'The seats went back to everybody. Nothing was charged.'
}

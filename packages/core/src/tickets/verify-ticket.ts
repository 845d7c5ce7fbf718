import type { TicketVerdict } from '@marquee/contracts/tickets'
import type { Ctx } from '../context.ts'
import { readTicket, ticketKeys } from './ticket-token.ts'

/**
 * What the door should do with a ticket: good for the seats that stand, naming those given back. Read only: looking at a ticket never uses it up. Public, so it says nothing
 * about the guest.
 */
export async function verifyTicket(
  ctx: Pick<Ctx, 'db' | 'config' | 'clock'>,
  input: { token: string },
): Promise<TicketVerdict> {
  const claim = readTicket(ticketKeys(ctx.config), input.token)
  if (!claim) return { verdict: 'forged', message: 'This is not a ticket of ours. Do not admit.', ticket: null }
  const booking = await ctx.db.booking.findUnique({
    where: { id: claim.bookingId },
    select: {
      code: true,
      status: true,
      movedTo: { where: { confirmedAt: { not: null } }, select: { id: true } },
      tickets: { select: { label: true, status: true, usedAt: true }, orderBy: { seat: 'asc' } },
      showtime: {
        select: {
          startsAt: true,
          endsAt: true,
          status: true,
          movie: { select: { title: true } },
          screen: { select: { name: true, theatre: { select: { name: true, city: { select: { timeZone: true } } } } } },
        },
      },
    },
  })
  // We signed it, so it was a ticket once; with its booking gone it is one no more.
  if (!booking) return { verdict: 'cancelled', message: 'This booking no longer exists. Do not admit.', ticket: null }

  const { showtime } = booking
  const live = booking.tickets.filter((ticket) => ticket.status !== 'CANCELLED')
  const given = booking.tickets.filter((ticket) => ticket.status === 'CANCELLED')
  const waiting = live.filter((ticket) => ticket.status === 'VALID')
  const usedAt = live.map((ticket) => ticket.usedAt).find((at) => at !== null) ?? null
  const about = (tickets: typeof live) => ({
    code: booking.code,
    movie: showtime.movie.title,
    theatre: showtime.screen.theatre.name,
    screen: showtime.screen.name,
    seatIds: tickets.map((ticket) => ticket.label),
    startsAt: showtime.startsAt.toISOString(),
    timeZone: showtime.screen.theatre.city.timeZone,
    usedAt: usedAt?.toISOString() ?? null,
  })

  if (showtime.status === 'CANCELLED') {
    return {
      verdict: 'cancelled',
      message: 'This showtime was cancelled. Do not admit.',
      ticket: about(booking.tickets),
    }
  }
  if (booking.status !== 'CONFIRMED' || live.length === 0) {
    return {
      verdict: 'cancelled',
      message: booking.movedTo.length > 0 ? MOVED : 'This booking was cancelled. Do not admit.',
      ticket: about(booking.tickets),
    }
  }
  const but =
    given.length === 0 ? '' : ` ${labelsOf(given)} ${given.length > 1 ? 'were' : 'was'} cancelled: do not admit.`
  if (waiting.length === 0) {
    const message = `Everybody on this ticket is inside already.${but}`
    return { verdict: 'already_used', message, ticket: about(live) }
  }
  const over = showtime.endsAt <= ctx.clock.now()
  const message = over ? 'A good ticket, but its showtime is over.' : `Good for ${seatCount(waiting.length)}.${but}`
  return { verdict: 'valid', message, ticket: about(waiting) }
}

const MOVED = 'This booking was moved to another showtime, with a ticket of its own. Do not admit.'
const labelsOf = (tickets: { label: string }[]) => tickets.map((ticket) => ticket.label).join(', ')
const seatCount = (count: number) => (count === 1 ? '1 seat' : `${count} seats`)

import type { Ctx } from '../context.ts'
import { formatMinor } from '../money.ts'
import { shortDateOf, timeOf, zoneOf } from './ticket-words.ts'

/** The booking whose place a ticket's booking took, as its guest knew it. */
export type ReplacedBooking = {
  code: string
  startsAt: Date
  timeZone: string
  theatre: string
  screen: string
  labels: string[]
  /** What it had cost beyond the new price, and came back. */
  surplusMinor: number
}

/** Null for a booking that was not moved. */
export async function findReplaced(
  ctx: Pick<Ctx, 'db'>,
  booking: { movedFromId: string | null },
): Promise<ReplacedBooking | null> {
  if (!booking.movedFromId) return null
  const old = await ctx.db.booking.findUniqueOrThrow({
    where: { id: booking.movedFromId },
    select: {
      code: true,
      seats: { select: { seat: true, label: true }, orderBy: { seat: 'asc' } },
      cancellations: { where: { by: 'MOVE' }, select: { seats: true, refundMinor: true } },
      showtime: {
        select: {
          startsAt: true,
          screen: { select: { name: true, theatre: { select: { name: true, city: { select: { timeZone: true } } } } } },
        },
      },
    },
  })
  const { screen, startsAt } = old.showtime
  // Seats given back before the move were not moved.
  const moved = new Set(old.cancellations.flatMap(({ seats }) => seats))
  return {
    code: old.code,
    startsAt,
    timeZone: screen.theatre.city.timeZone,
    theatre: screen.theatre.name,
    screen: screen.name,
    labels: old.seats.filter(({ seat }) => moved.has(seat)).map(({ label }) => label),
    surplusMinor: old.cancellations.reduce((sum, { refundMinor }) => sum + refundMinor, 0),
  }
}

/** ACDEFGHJ, 21 Nov 2026, 19:30 IST */
export const replacedInShort = ({ code, startsAt, timeZone }: ReplacedBooking) =>
  `${code}, ${shortDateOf(startsAt, timeZone)}, ${timeOf(startsAt, timeZone)} ${zoneOf(startsAt, timeZone)}`

/** What changed, in sentences: which booking is no more, and what comes back of it. */
export function replacedInWords(old: ReplacedBooking): string {
  const seats = `${old.labels.length > 1 ? 'seats' : 'seat'} ${old.labels.join(', ')}`
  const what = `This takes the place of booking ${replacedInShort(old)}, ${old.theatre}, ${old.screen}, ${seats}. The earlier ticket lets nobody in any more.`
  if (old.surplusMinor === 0) return what
  return `${what} ${formatMinor(old.surplusMinor)} comes back the way you paid.`
}

import type { ShowtimeCard } from '@marquee/contracts/showtimes'
import type { Ctx } from '../context.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { availability } from './availability.ts'
import { seatsLeft } from './seats-left.ts'

/** What never changes with a seat: this part may be cached. */
export type ShowtimeFacts = Omit<ShowtimeCard, 'seatsLeft' | 'status'>

export const SHOWTIME_FACTS = {
  id: true,
  movieId: true,
  startsAt: true,
  filmStartsAt: true,
  endsAt: true,
  language: true,
  format: true,
  captions: true,
  priceFromMinor: true,
  seatCount: true,
  screen: { select: { name: true, theatreId: true } },
} satisfies Prisma.ShowtimeSelect

type ShowtimeRow = Prisma.ShowtimeGetPayload<{ select: typeof SHOWTIME_FACTS }>

export function showtimeFacts(row: ShowtimeRow): ShowtimeFacts {
  return {
    id: row.id,
    startsAt: row.startsAt.toISOString(),
    filmStartsAt: row.filmStartsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    screenName: row.screen.name,
    language: row.language,
    format: row.format,
    captions: row.captions,
    priceFromMinor: row.priceFromMinor,
    seatCount: row.seatCount,
  }
}

/** Adds to each showtime its seats left and its status, both as of now. Keeps the order and whatever else is on it. */
export async function withSeatsLeft<T extends ShowtimeFacts>(
  ctx: Pick<Ctx, 'pool' | 'clock'>,
  facts: T[],
): Promise<(T & Pick<ShowtimeCard, 'seatsLeft' | 'status'>)[]> {
  const left = await seatsLeft(ctx, new Map(facts.map((showtime) => [showtime.id, showtime.seatCount])))
  const now = ctx.clock.now()
  return facts.map((showtime) => {
    const seats = left.get(showtime.id) ?? 0
    const counted = { seatsLeft: seats, seatCount: showtime.seatCount, filmStartsAt: new Date(showtime.filmStartsAt) }
    return { ...showtime, seatsLeft: seats, status: availability(counted, now) }
  })
}

import type { SeatListing } from '@marquee/contracts/seats'
import type { Ctx } from '../context.ts'
import { readHall } from './read-hall.ts'

const STATUS = { '0': 'available', '1': 'held', '2': 'booked', '3': 'blocked' } as const

/** The hall spelt out by section, row and seat. @throws NOT_FOUND */
export async function listSeats(
  ctx: Pick<Ctx, 'db' | 'pool' | 'redis' | 'config' | 'clock'>,
  input: { showtimeId: string },
): Promise<SeatListing> {
  const { seating, map, free } = await readHall(ctx, input)
  const sections = seating.layout.sections.map((section) => {
    const seats = seating.seats.filter((seat) => seat.section === section.id)
    const rows = Map.groupBy(seats, (seat) => seat.row)
    return {
      section: section.id,
      name: section.name,
      priceMinor: Math.min(...seats.map((seat) => seating.priceMinor[seat.index] ?? 0)),
      rows: [...rows].map(([row, inRow]) => ({
        row,
        seats: inRow.map((seat) => ({
          seatId: seat.seatId,
          row,
          number: seat.number,
          kind: seat.kind,
          priceMinor: seating.priceMinor[seat.index] ?? 0,
          status: free(seat.index) ? ('available' as const) : STATUS[(map[seat.index] ?? '0') as keyof typeof STATUS],
        })),
      })),
    }
  })
  return { showtimeId: input.showtimeId, sections: sections.filter((section) => section.rows.length > 0) }
}

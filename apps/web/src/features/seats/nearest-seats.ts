import type { Hall, HallSeat } from './seat-geometry.ts'
import { STEP } from './seat-geometry.ts'

/** Seats that are set aside for those who need them are offered only in place of one of their own kind. */
const SET_ASIDE = new Set(['WHEELCHAIR', 'COMPANION'])

/**
 * Free seats to offer in place of lost ones, one for each: of the same section and sort if there is any, beside the
 * seats that are kept, and as near as can be to the lost ones. Empty when there are not enough.
 * @param looks the hall's letters, see `hallLooks`
 */
export function nearestSeats(hall: Hall, looks: string, lost: readonly string[], kept: readonly string[]): string[] {
  const seatOf = (seatId: string) => hall.seats[hall.indexById.get(seatId) ?? -1]
  const keptSeats = kept.map(seatOf).filter((seat) => seat !== undefined)
  const chosen: HallSeat[] = []
  for (const seatId of lost) {
    const gone = seatOf(seatId)
    if (!gone) return []
    const company = [...keptSeats, ...chosen]
    let best: HallSeat | undefined
    let bestCost = Number.POSITIVE_INFINITY
    for (const seat of hall.seats) {
      if (looks[seat.index] !== 'f' || chosen.includes(seat)) continue
      if (SET_ASIDE.has(seat.kind) && seat.kind !== gone.kind) continue
      const cost = costOf(seat, gone, company)
      if (cost < bestCost) {
        best = seat
        bestCost = cost
      }
    }
    if (!best) return []
    chosen.push(best)
  }
  return chosen.map((seat) => seat.seatId)
}

/** In seat widths. Another section is like being twelve seats away, another row like two, a seat apart like six. */
function costOf(seat: HallSeat, gone: HallSeat, company: readonly HallSeat[]): number {
  const beside = company.some((other) => other.row === seat.row && Math.abs(other.x - seat.x) <= STEP * 1.01)
  return (
    Math.hypot((seat.x - gone.x) / STEP, ((seat.y - gone.y) / STEP) * 1.4) +
    (seat.section === gone.section ? 0 : 12) +
    (seat.row === gone.row ? 0 : 2) +
    (company.length === 0 || beside ? 0 : 6)
  )
}

import { invalid } from '../errors.ts'

/** The seats of a booking that a guest named; null when none were, which means all that are left. @throws VALIDATION */
export function seatsByName(seats: { seat: number; label: string }[], seatIds: string[] | undefined): number[] | null {
  if (!seatIds) return null
  const indexOf = new Map(seats.map(({ seat, label }) => [label, seat]))
  return seatIds.map((seatId) => {
    const seat = indexOf.get(seatId)
    if (seat === undefined) throw invalid('seatIds', `seat ${seatId} is not in this booking`)
    return seat
  })
}

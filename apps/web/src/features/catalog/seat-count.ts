/** As many as one booking may hold anywhere; a cinema may allow fewer, and says so on the seat map. */
const MOST = 10

/** How many seats together the guest asked for on the way here; undefined when nobody asked. */
export function seatCount(params: URLSearchParams): number | undefined {
  const count = Number(params.get('count'))
  return Number.isInteger(count) && count >= 1 && count <= MOST ? count : undefined
}

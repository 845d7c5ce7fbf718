import type { CancellationTiers } from '@marquee/contracts/cancellations'

/** A policy as it is stored, in bookings and theatres. An empty one gives nothing back. */
export const tiersOf = (stored: unknown): CancellationTiers =>
  Array.isArray(stored) ? (stored as CancellationTiers) : []

/** When less will come back than now; null when nothing changes before the film, or nothing comes back anyway. */
export function changesAt(tiers: CancellationTiers, filmStartsAt: Date, now: Date): Date | null {
  const left = filmStartsAt.getTime() - now.getTime()
  const inForce = tiers.filter((tier) => left >= tier.minutesBefore * 60_000)
  const percent = left > 0 ? (inForce[0]?.percent ?? 0) : 0
  if (percent === 0) return null
  // Equal tiers are one: it ends with the last of them.
  const last = inForce.filter((tier) => tier.percent === percent).at(-1)
  return last && last.minutesBefore > 0 ? new Date(filmStartsAt.getTime() - last.minutesBefore * 60_000) : null
}

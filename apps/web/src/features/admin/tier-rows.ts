import type { CancellationTier } from '@marquee/contracts/cancellations'

export const UNITS = { minute: 1, hour: 60, day: 1_440 } as const
export type Unit = keyof typeof UNITS

/** A step of a policy as it is typed. */
export interface TierRow {
  key: string
  count: string
  unit: Unit
  percent: string
}

const isUnit = (minutes: number, unit: Unit) => minutes > 0 && minutes % UNITS[unit] === 0

export function toRow({ minutesBefore, percent }: CancellationTier, key: string): TierRow {
  const unit = isUnit(minutesBefore, 'day') ? 'day' : isUnit(minutesBefore, 'hour') ? 'hour' : 'minute'
  return { key, count: String(minutesBefore / UNITS[unit]), unit, percent: String(percent) }
}

const whole = (text: string) => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN)

/** The policy that the rows say, longest time first, or in one sentence why they say none. */
export function readRows(rows: readonly TierRow[]): { tiers: CancellationTier[] } | { problem: string } {
  const tiers = rows
    .map((row) => ({ minutesBefore: whole(row.count) * UNITS[row.unit], percent: whole(row.percent) }))
    .sort((a, b) => b.minutesBefore - a.minutesBefore)
  for (const [i, { minutesBefore, percent }] of tiers.entries()) {
    if (Number.isNaN(minutesBefore) || minutesBefore > 43_200)
      return { problem: 'Every step needs a time, a whole number of at most 30 days.' }
    if (!(percent >= 0 && percent <= 100)) return { problem: 'Every step needs a whole percentage from 0 to 100.' }
    const longer = tiers[i - 1]
    if (longer?.minutesBefore === minutesBefore) return { problem: 'Two steps have the same time.' }
    if (longer && percent > longer.percent) return { problem: 'Cancelling later never gives back more.' }
  }
  return { tiers }
}

export type Refusal = { retryAt: Date; why: 'busy' | 'gap' | 'budget' | 'circuit' | 'retry-after' }

type Row = {
  spentOn: Date | null
  spentToday: number
  nextRequestAt: Date | null
  leaseUntil: Date | null
  backoffMs: number
  gapMs: number
  crawlDelayMs: number
  circuitUntil: Date | null
  lastStatus: number | null
}

/** A host that was busy is likely free soon after. */
const SOON_MS = 1_000
const DAY_MS = 24 * 60 * 60_000

/** Why a host may not be asked now, and when it is worth trying again: the longest of its reasons. Pure. */
export function whyNotNow(row: Row | null, now: Date, dailyBudget: number): Refusal {
  const soon = new Date(now.getTime() + SOON_MS)
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS
  const reasons: Refusal[] = []
  if (dailyBudget <= (row?.spentOn?.getTime() === today ? row.spentToday : 0))
    reasons.push({ retryAt: new Date(today + DAY_MS), why: 'budget' })
  if (row?.circuitUntil && row.circuitUntil > now) reasons.push({ retryAt: row.circuitUntil, why: 'circuit' })
  const next = row?.nextRequestAt
  // While it is busy, the lease is only for a worker that dies: the answer is there long before.
  if (row?.leaseUntil && row.leaseUntil > now) reasons.push({ retryAt: next && next > soon ? next : soon, why: 'busy' })
  else if (row && next && next > now) {
    const told =
      row.lastStatus === 429 || row.lastStatus === 503 || row.backoffMs > Math.max(row.gapMs, row.crawlDelayMs)
    reasons.push({ retryAt: next, why: told ? 'retry-after' : 'gap' })
  }
  // Free again since it was asked: somebody was a moment quicker.
  return reasons.sort((a, b) => b.retryAt.getTime() - a.retryAt.getTime())[0] ?? { retryAt: soon, why: 'busy' }
}

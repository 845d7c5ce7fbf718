import type { FetchedPage, FetchPlan } from '@marquee/providers/listings/listing-source'

/** Between two looks that must agree, a copy that a cache keeps would only repeat what the first one saw. */
export const pastCaches = (plan: FetchPlan, confirmingSince: Date | null): FetchPlan =>
  confirmingSince ? { ...plan, headers: { ...plan.headers, 'cache-control': 'no-cache' } } : plan

/** Whether an answer left its site after the first look: a cache on the way says how long it has kept it. */
export function isDrawnSince({ headers, fetchedAt }: FetchedPage, confirmingSince: Date | null): boolean {
  const age = Number(headers.age ?? 0)
  return !confirmingSince || fetchedAt.getTime() - (age > 0 ? age * 1_000 : 0) > confirmingSince.getTime()
}

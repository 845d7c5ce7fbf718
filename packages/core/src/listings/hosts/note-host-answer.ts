import type { FetchedPage } from '@marquee/providers/listings/listing-source'
import type { Ctx } from '../../context.ts'
import { nextHostState } from './next-host-state.ts'

/**
 * Gives a host back and remembers what it said: Retry-After, back-off, circuit.
 * @returns when it may be asked again; null when the lease has gone to somebody else, and nothing was changed
 */
export async function noteHostAnswer(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  input: { host: string; leaseToken: string; page: FetchedPage },
): Promise<Date | null> {
  const { host, leaseToken, page } = input
  const row = await ctx.db.listingHost.findUnique({ where: { host } })
  if (row?.leaseToken !== leaseToken) return null
  const { lastOkAt, ...change } = nextHostState(row, page, ctx.clock.now())
  const { count } = await ctx.db.listingHost.updateMany({
    where: { host, leaseToken },
    data: { ...change, ...(lastOkAt && { lastOkAt }), leaseToken: null, leaseUntil: null },
  })
  if (count === 0) return null
  const { nextRequestAt, circuitUntil } = change
  return circuitUntil && circuitUntil > nextRequestAt ? circuitUntil : nextRequestAt
}

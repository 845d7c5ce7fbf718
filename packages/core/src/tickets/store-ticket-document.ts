import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'

/**
 * Keeps a booking's printed ticket. The first one counts: a second rendering changes nothing. `seats` are the labels that
 * stand on it: paper drawn before some were given back is not kept, and is drawn again.
 * @throws UNAVAILABLE when they are not the ones that stand
 */
export async function storeTicketDocument(
  ctx: Pick<Ctx, 'db'>,
  input: { bookingId: string; bytes: Uint8Array; seats: string[] },
): Promise<void> {
  const { bookingId, bytes, seats } = input
  const kept = await ctx.db.$transaction(async (tx) => {
    // Whoever gives seats back waits for this, or this for them; only then are the seats that stand looked up.
    await tx.$queryRaw`SELECT FROM bookings WHERE id = ${bookingId}::uuid FOR SHARE`
    const live = await tx.ticket.findMany({
      where: { bookingId, status: { not: 'CANCELLED' } },
      orderBy: { seat: 'asc' },
      select: { label: true },
    })
    if (live.map((ticket) => ticket.label).join() !== seats.join()) return false
    await tx.ticketDocument.createMany({ data: [{ bookingId, bytes: new Uint8Array(bytes) }], skipDuplicates: true })
    return true
  })
  if (!kept) throw new AppError('UNAVAILABLE', 'The seats changed while the ticket was drawn.')
}

export async function hasTicketDocument(ctx: Pick<Ctx, 'db'>, input: { bookingId: string }): Promise<boolean> {
  return (await ctx.db.ticketDocument.count({ where: { bookingId: input.bookingId } })) > 0
}

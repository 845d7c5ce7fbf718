import type { Ctx } from '../context.ts'

/** Keeps a booking's printed ticket. The first one counts: a second rendering changes nothing. */
export async function storeTicketDocument(
  ctx: Pick<Ctx, 'db'>,
  input: { bookingId: string; bytes: Uint8Array },
): Promise<void> {
  const { bookingId, bytes } = input
  await ctx.db.ticketDocument.createMany({ data: [{ bookingId, bytes: new Uint8Array(bytes) }], skipDuplicates: true })
}

export async function hasTicketDocument(ctx: Pick<Ctx, 'db'>, input: { bookingId: string }): Promise<boolean> {
  return (await ctx.db.ticketDocument.count({ where: { bookingId: input.bookingId } })) > 0
}

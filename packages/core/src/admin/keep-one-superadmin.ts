import { AppError } from '../errors.ts'
import type { Prisma } from '../generated/prisma/client.ts'

/**
 * Nobody could put back what the last superadmin gave away. One change of this kind at a time, until the transaction is
 * over: two superadmins who demote one another at the same moment must not both succeed.
 * @throws AppError CONFLICT when without this person there would be none
 */
export async function keepOneSuperadmin(
  tx: Prisma.TransactionClient,
  { without }: { without: string | null },
): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('marquee:superadmins', 0))`
  if (!without) return
  const superadmins = await tx.user.findMany({
    where: { role: 'superadmin', deletedAt: null },
    select: { id: true },
    take: 2,
  })
  if (superadmins.length === 1 && superadmins[0]?.id === without)
    throw new AppError('CONFLICT', 'This is the last superadmin. Make somebody else one first.')
}

import { invalid } from '../errors.ts'
import type { Prisma } from '../generated/prisma/client.ts'

type Tx = Prisma.TransactionClient

/** The theatres that somebody runs, in one order. */
export const theatresOfAdmin = async (tx: Tx, userId: string): Promise<string[]> =>
  (
    await tx.theatreAdmin.findMany({ where: { userId }, select: { theatreId: true }, orderBy: { theatreId: 'asc' } })
  ).map((row) => row.theatreId)

/** Gives somebody exactly these theatres. @throws AppError VALIDATION when one of them does not exist */
export async function setTheatresOfAdmin(tx: Tx, userId: string, theatreIds: string[]): Promise<void> {
  const wanted = [...new Set(theatreIds)]
  const known = await tx.theatre.count({ where: { id: { in: wanted } } })
  if (known !== wanted.length) throw invalid('theatreIds', 'name theatres that exist')
  await tx.theatreAdmin.deleteMany({ where: { userId, theatreId: { notIn: wanted } } })
  await tx.theatreAdmin.createMany({ data: wanted.map((theatreId) => ({ theatreId, userId })), skipDuplicates: true })
}

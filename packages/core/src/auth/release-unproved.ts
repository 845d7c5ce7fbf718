import type { Prisma } from '../generated/prisma/client.ts'

/**
 * Who proves an address or number takes it from an account that only typed it: a slip, or a squatter, must not keep its
 * owner out. In the transaction that gives it to its owner. Accounts where nothing was ever proved keep theirs: it is all
 * they are known by.
 */
export async function releaseUnproved(
  tx: Prisma.TransactionClient,
  { channel, destination }: { channel: 'email' | 'sms'; destination: string },
): Promise<void> {
  if (channel === 'email')
    await tx.user.updateMany({
      where: { email: destination, emailVerifiedAt: null, phoneVerifiedAt: { not: null } },
      data: { email: null },
    })
  else
    await tx.user.updateMany({
      where: { phone: destination, phoneVerifiedAt: null, emailVerifiedAt: { not: null } },
      data: { phone: null },
    })
}

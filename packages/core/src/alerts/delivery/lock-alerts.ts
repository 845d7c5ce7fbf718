import type { Prisma } from '../../generated/prisma/client.ts'

type Tx = Prisma.TransactionClient

/** Always in this order: contact, alerts by id, attempts. Whoever answers, calls or stops waits for the other one. */
export async function lockContact(tx: Tx, contactId: string): Promise<void> {
  await tx.$queryRaw`select 1 from contact_points where id = ${contactId}::uuid for update`
}

export async function lockAlerts(tx: Tx, alertIds: string[]): Promise<void> {
  await tx.$queryRaw`select 1 from alerts where id = any(${alertIds}::uuid[]) order by id for update`
}

/** A short transaction of a ladder: nothing outside the database is waited for in it. */
export const LADDER_TX = { maxWait: 10_000, timeout: 15_000 } as const

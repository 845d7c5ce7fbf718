import type { Ctx } from '../context.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import type { Revocations } from './revocations.ts'

type Tx = Prisma.TransactionClient
type Deps = Pick<Ctx, 'clock' | 'config'>
/** An access token or a session that is over, and until when somebody may still show what it gave out. */
export type Ended = { id: string; until: Date }

/** An access token signed while its session was being ended lasts a moment longer than one signed before. */
const MARGIN_MS = 60_000

/**
 * Ends sessions: no refresh token of theirs is taken from now on and, once `announceEnded` has told the processes, no
 * access token. In one order, so that two of these never wait for one another.
 */
export async function endFamilies(tx: Tx, ctx: Deps, familyIds: string[]): Promise<Ended[]> {
  if (familyIds.length === 0) return []
  await tx.$executeRaw`
    select pg_advisory_xact_lock(hashtextextended(id, 0)) from (select unnest(${familyIds}::text[]) as id order by 1) as families`
  const now = ctx.clock.now()
  await tx.refreshToken.updateMany({
    where: { familyId: { in: familyIds }, revokedAt: null },
    data: { revokedAt: now },
  })
  return revokeUntil(tx, ctx, familyIds)
}

/**
 * Ends the sessions of a person, all or all but one, after waiting for those that are being opened. The person's row stays
 * locked: none is opened before the transaction is over. `tokens`: access tokens that end with them, in whatever session.
 */
export async function endSessionsOf(
  tx: Tx,
  ctx: Deps,
  who: { userId: string; except?: string; tokens?: string[] },
): Promise<Ended[]> {
  // Not FOR UPDATE: a renewal, which points to this row, may be waiting for nothing but us.
  await tx.$executeRaw`select 1 from users where id = ${who.userId}::uuid for no key update`
  const rows = await tx.refreshToken.findMany({
    where: { userId: who.userId, revokedAt: null, familyId: { not: who.except }, expiresAt: { gt: ctx.clock.now() } },
    select: { familyId: true },
    distinct: 'familyId',
  })
  const families = rows.map((row) => row.familyId)
  return [...(await endFamilies(tx, ctx, families)), ...(await revokeUntil(tx, ctx, who.tokens ?? []))]
}

/** Writes down what is over. The time of the entry is the database's, which readers ask by. */
export async function revokeUntil(tx: Tx, ctx: Deps, ids: string[]): Promise<Ended[]> {
  const until = new Date(ctx.clock.now().getTime() + ctx.config.auth.accessTtlSeconds * 1_000 + MARGIN_MS)
  await tx.$executeRaw`
    insert into revoked_tokens (jti, expires_at, revoked_at) select id, ${until}, now() from unnest(${ids}::uuid[]) as id
    on conflict (jti) do nothing`
  return ids.map((id) => ({ id, until }))
}

/** After the commit. Here at once; in other processes when Redis tells them, or within two seconds. */
export const announceEnded = (ctx: { revocations: Revocations }, ended: Ended[]) =>
  Promise.all(ended.map(({ id, until }) => ctx.revocations.announce(id, until)))

import { countryOf, maskDestination } from '../../auth/otp/destinations.ts'
import type { Ctx } from '../../context.ts'
import type { ContactPoint, Prisma } from '../../generated/prisma/client.ts'
import { newId } from '../../ids.ts'
import { type ContactKind, canonical, hashContact, sealContact, unsealContact } from './seal.ts'

type ContactCtx = Pick<Ctx, 'config'>

/** Enough for its owner to know it again: "+91 ••••• ••210", "a•••@example.com". */
export function maskContact(ctx: ContactCtx, kind: ContactKind, value: string): string {
  const destination = canonical(kind, value)
  const channel = kind === 'email' ? ('email' as const) : ('sms' as const)
  return maskDestination({ channel, destination }, kind === 'phone' ? (countryOf(ctx.config, destination) ?? '') : '')
}

/**
 * Numbers are given to other people, months after the last call. Whoever proves one anew after this long ends the links that
 * went to it before: they may lie in somebody else's telephone.
 */
const LINKS_HOLD = '30 days'

/**
 * The row of a number or an address, made when there is none; at the same moment for two, one row. A proof later than the
 * one it has is kept, and takes the mark off a number that the carrier called unknown before that proof.
 * `verifiedAt`: when its owner showed it to be theirs; null: only typed.
 */
export async function findOrCreateContact(
  tx: Prisma.TransactionClient,
  ctx: ContactCtx,
  given: { kind: ContactKind; value: string; verifiedAt: Date | null },
): Promise<ContactPoint> {
  const { kind, value, verifiedAt } = given
  const hash = hashContact(ctx, kind, value)
  await tx.$executeRaw`
    insert into contact_points (id, kind, hash, sealed, masked, verified_at)
    values (${newId()}::uuid, ${kind}, ${hash}, ${sealContact(ctx, kind, value)}, ${maskContact(ctx, kind, value)}, ${verifiedAt})
    on conflict (kind, hash) do update
       set link_version = contact_points.link_version + case
             when ${kind} = 'phone' and excluded.verified_at > contact_points.verified_at + ${LINKS_HOLD}::interval then 1 else 0 end,
           verified_at = greatest(contact_points.verified_at, excluded.verified_at),
           suspect_at = case when excluded.verified_at > contact_points.suspect_at then null
                             else contact_points.suspect_at end`
  return tx.contactPoint.findUniqueOrThrow({ where: { kind_hash: { kind, hash } } })
}

/** The number or address itself: in memory, while something is sent to it. @throws Error when it cannot be opened */
export const openContact = (ctx: ContactCtx, contact: Pick<ContactPoint, 'kind' | 'hash' | 'sealed'>): string =>
  unsealContact(ctx, contact)

import { timingSafeEqual } from 'node:crypto'
import type { AlertChannel } from '@marquee/contracts/alerts'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { ContactPoint } from '../../generated/prisma/client.ts'
import {
  BODY_BYTES,
  LINK_CHANNELS,
  LINK_FORMAT,
  LINK_SCOPES,
  type LinkScope,
  linkMac,
  MAC_BYTES,
  type SignedLink,
} from './sign-link.ts'

export type ReadLink = { contact: ContactPoint; scope: LinkScope; channel: AlertChannel | null }

/** What a link says, when we signed it; null for anything else. Whether it is still good is asked of its contact. */
export function parseLink(ctx: Pick<Ctx, 'config'>, token: string): SignedLink | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== BODY_BYTES + MAC_BYTES || bytes.toString('base64url') !== token) return null
  const body = bytes.subarray(0, BODY_BYTES)
  if (!timingSafeEqual(bytes.subarray(BODY_BYTES), linkMac(ctx, body))) return null
  const scope = LINK_SCOPES[body.readUInt8(1)]
  if (body.readUInt8(0) !== LINK_FORMAT || !scope) return null
  return {
    contactId: body
      .subarray(9)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    linkVersion: body.readUInt16BE(3),
    scope,
    channel: LINK_CHANNELS[body.readUInt8(2)],
    expiresAt: new Date(body.readUInt32BE(5) * 1000),
  }
}

/**
 * Whose link it is. The same refusal for one that is forged, expired, ended, or made for something else.
 * @throws AppError UNAUTHENTICATED
 */
export async function readLink(
  ctx: Pick<Ctx, 'config' | 'db' | 'clock'>,
  { token, scopes }: { token: string; scopes: LinkScope[] },
): Promise<ReadLink> {
  const link = parseLink(ctx, token)
  const good = link && scopes.includes(link.scope) && link.expiresAt > ctx.clock.now()
  const contact = good ? await ctx.db.contactPoint.findUnique({ where: { id: link.contactId } }) : null
  if (!good || !contact || contact.linkVersion !== link.linkVersion) throw linkEnded()
  return { contact, scope: link.scope, channel: link.channel ?? null }
}

export const linkEnded = () =>
  new AppError('UNAUTHENTICATED', 'This link is no longer good. Prove your number or address again to go on.')

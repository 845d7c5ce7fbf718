import type { Ctx } from '../../context.ts'
import type { ContactPoint } from '../../generated/prisma/client.ts'
import { signLink } from './sign-link.ts'

/** As long as a film may be waited for; every message carries a new one. */
const MANAGE_DAYS = 180

/** For the header x-alert-token and for links in messages: everything about the alerts of one number or address. */
export const manageToken = (
  ctx: Pick<Ctx, 'config'>,
  contact: Pick<ContactPoint, 'id' | 'linkVersion'>,
  now: Date,
): string =>
  signLink(ctx, {
    contactId: contact.id,
    linkVersion: contact.linkVersion,
    scope: 'manage',
    expiresAt: new Date(now.getTime() + MANAGE_DAYS * 86_400_000),
  })

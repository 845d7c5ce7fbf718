import type { AlertChannel } from '@marquee/contracts/alerts'
import type { Ctx } from '../../context.ts'
import type { ContactPoint } from '../../generated/prisma/client.ts'
import { signLink } from '../links/sign-link.ts'

type LinkCtx = Pick<Ctx, 'config' | 'clock'>
type Contact = Pick<ContactPoint, 'id' | 'linkVersion'>

const DAY_MS = 24 * 3_600_000
const MANAGE_FOR_MS = 90 * DAY_MS
/** A mail may be found years later, and its button must still work. */
const UNSUBSCRIBE_FOR_MS = 5 * 365 * DAY_MS

/** Where it is booked, as the site says: a page, or nothing. No site puts another kind of address into our mails. */
export const bookingUrl = ({ url }: { url: string | null }): string | null =>
  url && /^https?:$/.test(URL.parse(url)?.protocol ?? '') ? url : null

const inFuture = ({ clock }: LinkCtx, ms: number) => new Date(clock.now().getTime() + ms)

/** The page of one person's alerts, without an account. */
export function manageUrl(ctx: LinkCtx, { id: contactId, linkVersion }: Contact): string {
  const expiresAt = inFuture(ctx, MANAGE_FOR_MS)
  return `${ctx.config.http.publicBaseUrl}/alerts?t=${signLink(ctx, { contactId, linkVersion, scope: 'manage', expiresAt })}`
}

/** One click ends one channel; the headers are what mail programs make their button of (RFC 8058). */
export function unsubscribeHeaders(ctx: LinkCtx, contact: Contact, channel: AlertChannel): Record<string, string> {
  const { id: contactId, linkVersion } = contact
  const expiresAt = inFuture(ctx, UNSUBSCRIBE_FOR_MS)
  const token = signLink(ctx, { contactId, linkVersion, scope: 'unsubscribe', channel, expiresAt })
  return {
    'List-Unsubscribe': `<${ctx.config.http.publicBaseUrl}/api/alerts/unsubscribe?t=${token}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

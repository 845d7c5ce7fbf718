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

/** For years, and for one channel only. */
function unsubscribeToken(ctx: LinkCtx, contact: Contact, channel: AlertChannel): string {
  const { id: contactId, linkVersion } = contact
  const expiresAt = inFuture(ctx, UNSUBSCRIBE_FOR_MS)
  return signLink(ctx, { contactId, linkVersion, scope: 'unsubscribe', channel, expiresAt })
}

/** The page that asks once more, for whoever presses a link in a mail: only opening it changes nothing. */
export const unsubscribeUrl = (ctx: LinkCtx, contact: Contact, channel: AlertChannel): string =>
  `${ctx.config.http.publicBaseUrl}/alerts/unsubscribe?t=${unsubscribeToken(ctx, contact, channel)}`

/** One click ends one channel; the headers are what mail programs make their button of (RFC 8058). */
export function unsubscribeHeaders(ctx: LinkCtx, contact: Contact, channel: AlertChannel): Record<string, string> {
  const token = unsubscribeToken(ctx, contact, channel)
  return {
    'List-Unsubscribe': `<${ctx.config.http.publicBaseUrl}/api/alerts/unsubscribe?t=${token}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

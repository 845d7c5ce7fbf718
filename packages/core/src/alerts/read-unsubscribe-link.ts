import type { AlertChannel } from '@marquee/contracts/alerts'
import type { Ctx } from '../context.ts'
import { type ReadLink, readLink } from './links/read-link.ts'

/** What a link would stop, and where: for the page with the button. It changes nothing. @throws AppError UNAUTHENTICATED */
export async function readUnsubscribeLink(
  ctx: Pick<Ctx, 'db' | 'clock' | 'config'>,
  { token }: { token: string },
): Promise<{ contact: ReadLink['contact']; channel: AlertChannel; sentTo: string }> {
  const { contact, channel } = await readLink(ctx, { token, scopes: ['unsubscribe'] })
  return { contact, channel: channel ?? (contact.kind === 'email' ? 'email' : 'sms'), sentTo: contact.masked }
}

import type { CapturedMail } from '@marquee/providers/mail/console'
import type { CapturedSms } from '@marquee/providers/sms/console'
import type { Ctx } from '../context.ts'
import { newId } from '../ids.ts'
import type { StoredAttachments } from './captured-attachments.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const NO_MAIL = { subject: null, html: null, attachments: [] }

/**
 * Keeps what a console provider would have sent, for the Outbox page. Like a good provider it drops a repeat: the same
 * key is the same message.
 */
export async function captureMessage(
  ctx: Pick<Ctx, 'db'>,
  message: CapturedMail | CapturedSms,
): Promise<{ id: string }> {
  const { channel, recipient, text, idempotencyKey } = message
  const { subject, html, attachments: files } = message.channel === 'email' ? message : NO_MAIL
  const attachments: StoredAttachments = files.map(({ filename, contentType, content }) => ({
    filename,
    contentType,
    bytes: content.toString('base64'),
  }))
  const id = UUID.test(idempotencyKey) ? idempotencyKey : newId()
  const data = { id, channel, recipient, subject, text, html, attachments }
  await ctx.db.capturedMessage.createMany({ data: [data], skipDuplicates: true })
  return { id }
}

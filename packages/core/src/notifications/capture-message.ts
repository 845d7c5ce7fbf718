import type { CapturedMail } from '@marquee/providers/mail/console'
import type { Ctx } from '../context.ts'
import { newId } from '../ids.ts'
import type { StoredAttachments } from './captured-attachments.ts'

/** Keeps what a console provider would have sent, for the Outbox page. */
export async function captureMessage(ctx: Pick<Ctx, 'db'>, message: CapturedMail): Promise<{ id: string }> {
  const { channel, recipient, subject, text, html } = message
  const attachments: StoredAttachments = message.attachments.map(({ filename, contentType, content }) => ({
    filename,
    contentType,
    bytes: content.toString('base64'),
  }))
  return ctx.db.capturedMessage.create({
    data: { id: newId(), channel, recipient, subject, text, html, attachments },
    select: { id: true },
  })
}

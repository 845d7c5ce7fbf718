import type { CapturedMail } from '@marquee/providers/mail/console'
import type { Ctx } from '../context.ts'
import { newId } from '../ids.ts'

/** Keeps what a console provider would have sent, for the Outbox page. Attachments as name, type and size in bytes. */
export async function captureMessage(ctx: Pick<Ctx, 'db'>, message: CapturedMail): Promise<{ id: string }> {
  const { channel, recipient, subject, text, html } = message
  const attachments = message.attachments.map(({ filename, contentType, content }) => ({
    filename,
    contentType,
    bytes: content.length,
  }))
  return ctx.db.capturedMessage.create({
    data: { id: newId(), channel, recipient, subject, text, html, attachments },
    select: { id: true },
  })
}

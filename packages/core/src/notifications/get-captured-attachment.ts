import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { StoredAttachments } from './captured-attachments.ts'

/** One file of a captured message, by its position from 0. @throws AppError NOT_FOUND */
export async function getCapturedAttachment(
  ctx: Pick<Ctx, 'db'>,
  { messageId, index }: { messageId: string; index: number },
): Promise<{ filename: string; contentType: string; content: Buffer }> {
  const message = await ctx.db.capturedMessage.findUnique({ where: { id: messageId }, select: { attachments: true } })
  const attachment = message && StoredAttachments.parse(message.attachments)[index]
  if (!attachment) throw notFound('Attachment')
  const { filename, contentType, bytes } = attachment
  return { filename, contentType, content: Buffer.from(bytes, 'base64') }
}

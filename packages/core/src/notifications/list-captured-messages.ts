import type { CapturedMessageList, OutboxQuery } from '@marquee/contracts/outbox'
import type { z } from 'zod'
import type { Ctx } from '../context.ts'
import { StoredAttachments } from './captured-attachments.ts'

/** What the development providers captured instead of sending, newest first. Attachments without their bytes. */
export async function listCapturedMessages(
  ctx: Pick<Ctx, 'db'>,
  { recipient, channel, limit, offset }: z.infer<typeof OutboxQuery>,
): Promise<CapturedMessageList> {
  const where = { ...(recipient && { recipient }), ...(channel && { channel }) }
  const [rows, total] = await Promise.all([
    ctx.db.capturedMessage.findMany({
      where,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit,
      skip: offset,
    }),
    ctx.db.capturedMessage.count({ where }),
  ])
  const items = rows.map((row) => ({
    id: row.id,
    channel: row.channel as CapturedMessageList['items'][number]['channel'],
    recipient: row.recipient,
    subject: row.subject,
    text: row.text,
    html: row.html,
    attachments: StoredAttachments.parse(row.attachments).map(({ filename, contentType, bytes }) => ({
      filename,
      contentType,
      sizeBytes: Buffer.byteLength(bytes, 'base64'),
    })),
    createdAt: row.createdAt.toISOString(),
  }))
  return { items, total, limit, offset }
}

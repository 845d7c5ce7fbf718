import { z } from 'zod'
import { Id, Instant, PageQuery, paged, Text } from './common.ts'

export const CapturedChannel = z.enum(['email', 'sms', 'call'])
export type CapturedChannel = z.infer<typeof CapturedChannel>

/** One message the development providers captured instead of sending. */
export const CapturedMessage = z
  .object({
    id: Id,
    channel: CapturedChannel,
    recipient: z.string(),
    subject: z.string().nullable(),
    text: z.string(),
    html: z.string().nullable(),
    attachments: z.array(z.object({ filename: z.string(), contentType: z.string(), sizeBytes: z.int() })),
    createdAt: Instant,
  })
  .meta({ id: 'CapturedMessage' })
export type CapturedMessage = z.infer<typeof CapturedMessage>
export const OutboxQuery = PageQuery.extend({
  recipient: Text(254).optional(),
  channel: CapturedChannel.optional(),
})
export const CapturedMessageList = paged(CapturedMessage).meta({ id: 'CapturedMessageList' })
export type CapturedMessageList = z.infer<typeof CapturedMessageList>

import { z } from 'zod'

/** How a captured message keeps its attachments: bytes in base64, since the column is JSON. */
export const StoredAttachments = z.array(z.object({ filename: z.string(), contentType: z.string(), bytes: z.string() }))
export type StoredAttachments = z.infer<typeof StoredAttachments>

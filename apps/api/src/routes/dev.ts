import { DemoAccountList } from '@marquee/contracts/auth'
import { Id } from '@marquee/contracts/common'
import { CapturedMessageList, OutboxQuery } from '@marquee/contracts/outbox'
import { listDemoAccounts } from '@marquee/core/auth/list-demo-accounts'
import { getCapturedAttachment } from '@marquee/core/notifications/get-captured-attachment'
import { listCapturedMessages } from '@marquee/core/notifications/list-captured-messages'
import { z } from 'zod'
import type { Routes } from './routes.ts'

const AttachmentParams = z.object({ id: Id, n: z.coerce.number().int().min(0).max(100) })

/** What helps while developing and must not exist in production, where these addresses are unknown. */
export const devRoutes: Routes = async (app, { ctx }) => {
  if (ctx.config.mode === 'production') return

  app.get(
    '/outbox',
    { schema: { querystring: OutboxQuery, response: { 200: CapturedMessageList } } },
    async ({ query }) => listCapturedMessages(ctx, query),
  )

  app.get('/outbox/:id/attachments/:n', { schema: { params: AttachmentParams } }, async ({ params }, reply) => {
    const { filename, contentType, content } = await getCapturedAttachment(ctx, {
      messageId: params.id,
      index: params.n,
    })
    return reply
      .type(contentType)
      .header('content-disposition', `attachment; filename="${filename.replace(/[^\w.-]/g, '_')}"`)
      .send(content)
  })

  app.get('/demo-accounts', { schema: { response: { 200: DemoAccountList } } }, async () => listDemoAccounts(ctx))
}

import { DemoAccountList } from '@marquee/contracts/auth'
import { Id } from '@marquee/contracts/common'
import { CapturedMessageList, OutboxQuery } from '@marquee/contracts/outbox'
import { listDemoAccounts } from '@marquee/core/auth/list-demo-accounts'
import { getCapturedAttachment } from '@marquee/core/notifications/get-captured-attachment'
import { listCapturedMessages } from '@marquee/core/notifications/list-captured-messages'
import { z } from 'zod'
import type { Routes } from './routes.ts'

const AttachmentParams = z.object({ id: Id, n: z.coerce.number().int().min(0).max(100) })

/**
 * What helps while developing: the messages that were captured instead of sent, and accounts whose passwords are no
 * secret. Not being production is not enough, for a machine that was never told so would show them to anybody: mail
 * must go nowhere else, and money must be play money.
 */
export const devRoutes: Routes = async (app, { ctx }) => {
  const { mode, mail, payments } = ctx.config
  if (mode === 'production') return
  if (mail.provider === 'console') await app.register(outbox, { ctx })
  if (payments.gateway === 'dev') await app.register(demoAccounts, { ctx })
}

const tags = ['dev']

const outbox: Routes = async (app, { ctx }) => {
  app.get(
    '/outbox',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Messages captured instead of sent, newest first',
        querystring: OutboxQuery,
        response: { 200: CapturedMessageList },
      },
    },
    async ({ query }) => listCapturedMessages(ctx, query),
  )

  app.get(
    '/outbox/:id/attachments/:n',
    {
      config: { access: 'public' },
      schema: { tags, summary: 'A file of a captured message', params: AttachmentParams },
    },
    async ({ params }, reply) => {
      const { filename, contentType, content } = await getCapturedAttachment(ctx, {
        messageId: params.id,
        index: params.n,
      })
      return reply
        .type(contentType)
        .header('content-disposition', `attachment; filename="${filename.replace(/[^\w.-]/g, '_')}"`)
        .send(content)
    },
  )
}

const demoAccounts: Routes = async (app, { ctx }) => {
  app.get(
    '/demo-accounts',
    {
      config: { access: 'public' },
      schema: { tags, summary: 'Accounts of the demonstration data', response: { 200: DemoAccountList } },
    },
    async () => listDemoAccounts(ctx),
  )
}

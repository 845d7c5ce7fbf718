import { Health, ServiceHealth } from '@marquee/contracts/health'
import { getHealth } from '@marquee/core/health/get-health'
import { getRedisHealth } from '@marquee/core/health/get-redis-health'
import { z } from 'zod'
import type { Routes } from './routes.ts'

const CorsTest = z
  .object({ message: z.string(), origin: z.string().nullable(), allowed: z.boolean() })
  .meta({ id: 'CorsTest' })
const Alive = z.object({ status: z.literal('ok') }).meta({ id: 'Alive' })

/** Mounted at the root: balancers and older clients ask for these without /api, too. */
export const healthRoutes: Routes = async (app, { ctx }) => {
  for (const [path, hide] of [
    ['/api/health', false],
    ['/health', true],
  ] as const) {
    app.get(
      path,
      {
        config: { access: 'public' },
        schema: {
          hide,
          tags: ['health'],
          summary: 'What works, as a whole and in parts',
          response: { 200: Health, 503: Health },
        },
      },
      async (_request, reply) => {
        const health = await getHealth(ctx)
        return reply.code(health.status === 'down' ? 503 : 200).send(health)
      },
    )
    app.get(
      `${path}/redis`,
      {
        config: { access: 'public' },
        schema: {
          hide,
          tags: ['health'],
          summary: 'How long Redis takes to answer',
          response: { 200: ServiceHealth, 503: ServiceHealth },
        },
      },
      async (_request, reply) => {
        const health = await getRedisHealth(ctx)
        return reply.code(health.status === 'down' ? 503 : 200).send(health)
      },
    )
  }

  /** The process runs: asks nothing of anybody. */
  app.get('/test', { config: { access: 'public' }, schema: { hide: true, response: { 200: Alive } } }, async () => ({
    status: 'ok' as const,
  }))

  app.get(
    '/api/cors-test',
    {
      config: { access: 'public' },
      schema: { tags: ['health'], summary: 'May your origin call this API', response: { 200: CorsTest } },
    },
    async ({ headers: { origin } }) => ({
      message: 'CORS is working',
      origin: origin ?? null,
      allowed: origin === undefined || ctx.config.http.origins.includes(origin),
    }),
  )
}

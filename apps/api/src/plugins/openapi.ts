import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { ErrorBody } from '@marquee/contracts/errors'
import { VERSION } from '@marquee/core/health/version'
import fp from 'fastify-plugin'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { limit } from './rate-limit.ts'

/** The API described by the very schemas that check it: /api/openapi.json for machines, /docs for people. */
export const openapi = fp(
  async (app) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Marquee',
          version: VERSION,
          description: 'Movie tickets with live seats. Amounts are integer paise, times are UTC, errors have one form.',
        },
        // Wherever this page was opened: its policy lets it ask nobody else.
        servers: [{ url: '/' }],
        components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
        security: [{}, { bearer: [] }],
      },
      transform(route) {
        const { schema, url } = route
        // Undocumented on purpose: files, and the addresses of the systems this one replaces keep their own page.
        if (!schema || schema.hide) return { schema: { ...schema, hide: true }, url }
        const response = { ...(schema.response as Record<string, unknown> | undefined), default: ErrorBody }
        return jsonSchemaTransform({ ...route, schema: { ...schema, tags: schema.tags ?? [nounOf(url)], response } })
      },
      transformObject: jsonSchemaTransformObject,
    })
    await app.register(async (docs) => {
      docs.addHook('onRoute', (route) => {
        route.config = { ...route.config, ...limit('files'), access: 'public' }
      })
      await docs.register(swaggerUi, {
        routePrefix: '/docs',
        uiConfig: { docExpansion: 'list', displayRequestDuration: true, validatorUrl: null },
        theme: {
          title: 'Marquee API',
          css: [{ filename: 'marquee.css', content: '.swagger-ui .topbar { display: none }' }],
        },
      })
      docs.get('/api/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
        reply.header('cache-control', 'no-cache')
        return app.swagger()
      })
    })
  },
  { name: 'openapi', dependencies: ['rate-limit'] },
)

/** /api/theatres/{id} belongs to `theatres`. */
const nounOf = (url: string) => url.replace(/^\/(api\/)?/, '').split('/')[0] || 'health'

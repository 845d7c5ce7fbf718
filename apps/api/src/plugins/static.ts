import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { Ctx } from '@marquee/core/context'
import { AppError } from '@marquee/core/errors'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { limit } from './rate-limit.ts'

/** Never a page of the web app, whatever the browser says it accepts. */
const NOT_PAGES = /^\/(api|dev|docs)(\/|\?|$)/
const HASHED = /[\\/]assets[\\/]/
const POSTER = /[\\/]posters[\\/]/

/**
 * Serves the built web app, when there is one, and answers every address that nothing else answers: a page of the app
 * for a browser that asks for one, 404 in our form for everybody else.
 */
export const staticFiles = fp<{ ctx: Ctx }>(
  async (app, { ctx }) => {
    const root = ctx.config.http.webDist && resolve(ctx.config.http.webDist)
    const indexFile = root && join(root, 'index.html')
    const index = indexFile && existsSync(indexFile) ? readFileSync(indexFile) : undefined
    if (root && !index) ctx.log.warn({ root }, 'the web app is not built: only the API is served')
    if (root && index) await app.register(serveFiles, { root })

    // Guessing addresses is limited like everything else.
    app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
      if (!index || !wantsPage(request)) throw new AppError('NOT_FOUND', 'Nothing is at this address')
      return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(index)
    })
  },
  { name: 'static', dependencies: ['errors', 'rate-limit'] },
)

async function serveFiles(app: FastifyInstance, { root }: { root: string }) {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, ...limit('files'), access: 'public' }
  })
  await app.register(fastifyStatic, {
    root,
    // The list of files is read once: an unknown name costs no look at the disk.
    wildcard: false,
    globIgnore: ['**/*.{br,gz}'],
    preCompressed: true,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders: cacheByKind,
  })
}

function cacheByKind(reply: FastifyReply, path: string) {
  if (HASHED.test(path)) reply.header('cache-control', 'public, max-age=31536000, immutable')
  else if (POSTER.test(path)) reply.header('cache-control', 'public, max-age=86400')
  else if (/\.html(\.br|\.gz)?$/.test(path)) reply.header('cache-control', 'no-cache')
  else reply.header('cache-control', 'public, max-age=3600')
}

const wantsPage = ({ method, url, headers }: FastifyRequest) =>
  (method === 'GET' || method === 'HEAD') && !NOT_PAGES.test(url) && (headers.accept ?? '').includes('text/html')

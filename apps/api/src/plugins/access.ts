import type { Permission } from '@marquee/core/auth/access'
import fp from 'fastify-plugin'

/** `public`: anybody. `signed`: whoever signs the message. `session`: whoever has its cookie. `person`: whoever is signed in
 * or shows a signed link, for what is their own. Else the permission its verb asks for: see core's auth/access. */
export type RouteAccess = 'public' | 'signed' | 'session' | 'person' | Permission
export type KnownRoute = { method: string; url: string; access: RouteAccess | undefined }

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may use this route. Every route says it; a test walks them all as each role. */
    access?: RouteAccess
  }
  interface FastifyInstance {
    /** Every route there is, with its rule. */
    knownRoutes: KnownRoute[]
  }
}

/**
 * Writes down each route with its rule. It lets nobody in and keeps nobody out: the verbs do, whoever calls them. This is
 * what the test compares them with.
 */
export const access = fp(
  async (app) => {
    const knownRoutes: KnownRoute[] = []
    app.decorate('knownRoutes', knownRoutes)
    app.addHook('onRoute', (route) => {
      for (const method of [route.method].flat()) {
        // Made by the framework beside GET, with the same handler.
        if (method === 'HEAD' || method === 'OPTIONS') continue
        // Read when asked: hooks of inner scopes, which run later, may still add the rule.
        knownRoutes.push({
          method,
          url: route.url,
          get access() {
            return route.config?.access
          },
        })
      }
    })
  },
  { name: 'access' },
)

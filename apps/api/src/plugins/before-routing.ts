import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'

/** Answers a request, or hands it to `ordinary`, untouched. */
export type FirstLook = (request: IncomingMessage, response: ServerResponse, ordinary: RequestListener) => void

/**
 * Shows each request to `look` before a route is looked for. Only for what a rush asks again and again, and only for its
 * plainest form: routes, hooks and contracts are what the ordinary way has. What `inject` sends goes the ordinary way.
 */
export function beforeRouting(app: FastifyInstance, look: FirstLook): void {
  app.addHook('onReady', async () => {
    const [handle] = app.server.listeners('request')
    if (!handle) throw new Error('the server has no handler of requests')
    const ordinary: RequestListener = (request, response) => handle.call(app.server, request, response)
    app.server.removeAllListeners('request')
    app.server.on('request', (request: IncomingMessage, response: ServerResponse) => look(request, response, ordinary))
  })
}

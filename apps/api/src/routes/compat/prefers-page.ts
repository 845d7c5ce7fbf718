import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * For addresses that were data in an older system and are pages here: a browser that asks for a page gets the page, as
 * from any address that nothing answers; everybody else gets the data.
 */
export async function pageForBrowsers(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  // Caches between here and there must keep the two apart; Origin is there already.
  reply.header('vary', [reply.getHeader('vary'), 'Accept'].filter(Boolean).join(', '))
  if (!prefersPage(request.headers.accept ?? '')) return undefined
  reply.callNotFound()
  return reply
}

/** Whether an Accept header wants text/html more than JSON. Without one, or with only a wildcard, it does not. */
export function prefersPage(accept: string): boolean {
  const weight = (type: string) => {
    for (const part of accept.toLowerCase().split(',')) {
      const [name, ...parameters] = part.split(';').map((piece) => piece.trim())
      if (name !== type) continue
      const q = parameters.find((parameter) => parameter.startsWith('q='))
      return q ? Number(q.slice(2)) || 0 : 1
    }
    return 0
  }
  const html = weight('text/html')
  return html > 0 && html >= weight('application/json')
}

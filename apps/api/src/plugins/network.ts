import type { IncomingMessage } from 'node:http'
import { normalizeIP } from '@fastify/rate-limit'
import type { Origin } from '@marquee/core/audit/record-audit'
import type { Actor, Ctx } from '@marquee/core/context'
import type { FastifyRequest } from 'fastify'

/** What a provider gives one household or office; a single machine in it has more IPv6 addresses than we can count. */
const IPV6_PREFIX = 56

/** The network of an address, as limits know it. Requests whose connection is gone already have none, and count together. */
export const networkOfAddress = (address: string | undefined, ipv6Prefix?: number): string =>
  address === undefined ? 'nowhere' : normalizeIP(address, ipv6Prefix)

/** Where a request comes from, as far as people behind one router can be told from others: not at all. */
export const networkOf = (request: FastifyRequest): string => networkOfAddress(request.ip, IPV6_PREFIX)

/** For the audit log: from where, and which line of the request log. */
export const originOf = (request: FastifyRequest): Origin => ({ network: networkOf(request), requestId: request.id })

/** Against what its seats count. Nobody's network is looked for when their account is known: holding is the hot path. */
export const placeOf = (request: FastifyRequest): string => placeOfActor(request.actor, request.ip)
export const placeOfActor = (actor: Actor, address: string | undefined): string =>
  actor.kind === 'user' ? actor.userId : networkOfAddress(address, IPV6_PREFIX)

/** `request.ip` of a request that no route has yet: behind our proxy the last address it added. Undefined once it is gone. */
export function addressOf({ config }: Pick<Ctx, 'config'>, { socket, headers }: IncomingMessage): string | undefined {
  if (!config.http.trustProxy) return socket.remoteAddress
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',')
  const last = forwarded.findLast((part) => part.trim() !== '')
  return last?.trim() ?? socket.remoteAddress
}

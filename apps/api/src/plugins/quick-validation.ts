import { HOLD_TOKEN_HEADER } from '@marquee/contracts/seats'
import type { FastifySchemaCompiler } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'

type Part = Record<string, unknown> | null | undefined
type Route = Parameters<typeof validatorCompiler>[0]

const OWN_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const SEAT = /^[A-Z]{1,2}[1-9][0-9]?$/
const TOKEN = /^[A-Za-z0-9_-]{43}$/
const MOST_PLAIN_SEATS = 10

/** What a hold of ours looks like. Each says yes to less than its contract does, never to more. */
export const PLAINLY_GOOD = {
  params: (params: Part) => typeof params?.id === 'string' && OWN_ID.test(params.id),
  headers: (headers: Part) => {
    if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return false
    const token = headers[HOLD_TOKEN_HEADER]
    return token === undefined || (typeof token === 'string' && TOKEN.test(token))
  },
  body: (body: Part) => {
    const ids = body?.seatIds
    if (!Array.isArray(ids) || ids.length === 0 || ids.length > MOST_PLAIN_SEATS) return false
    return ids.every((id, at) => typeof id === 'string' && SEAT.test(id) && ids.indexOf(id) === at)
  },
}

/**
 * For the one route where reading by contract is a good part of the price: who holds seats as our own pages do passes at a
 * glance, and the contract is asked about everything else. It alone refuses, in its own words.
 */
export const quickValidation: FastifySchemaCompiler<unknown> = (route) => {
  const byContract = validatorCompiler(route as Route)
  const isPlainlyGood = PLAINLY_GOOD[route.httpPart as keyof typeof PLAINLY_GOOD]
  return isPlainlyGood ? (data: Part) => isPlainlyGood(data) || byContract(data) : byContract
}

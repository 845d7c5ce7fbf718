import type { ErrorBody } from '@marquee/contracts/errors'
import { ACCESS, type Permission, scopeOf } from '@marquee/core/auth/access'
import type { FastifyInstance } from 'fastify'
import type { KnownRoute } from '../../apps/api/src/plugins/access.ts'
import { PEOPLE, type Person, type Who, type World } from './walk-people.ts'

/** A request that succeeds for whoever may make it: for `owner`, on something of theirs or of the theatre `here`. */
export type Sample = {
  /** What stands for `:name` in the path. */
  params?: Record<string, string>
  query?: Record<string, string>
  body?: object
  headers?: Record<string, string>
  /** Statuses from 400 on that are an answer too, because the request got as far as the act itself. */
  also?: number[]
}
export type MakeSample = (world: World, owner: Person) => Sample | Promise<Sample>
/** By method and path as the route is declared. */
export type Samples = Record<string, MakeSample>

const nameOf = ({ method, url }: KnownRoute) => `${method} ${url}`
const hasId = ({ url }: KnownRoute) => /:[A-Za-z]/.test(url)
const isPermission = (access: KnownRoute['access']): access is Permission => access !== undefined && access in ACCESS
/** Needs somebody: by a permission, or by being whose it is. */
const isOwnOrPrivileged = (access: KnownRoute['access']) => isPermission(access) || access === 'person'

/**
 * Walks every route as every kind of person, and compares who gets through with the table of permissions.
 * @returns what is wrong, one line each
 */
export async function walkAccess(app: FastifyInstance, world: World, samples: Samples): Promise<string[]> {
  const problems: string[] = []
  for (const route of app.knownRoutes) {
    const make = samples[nameOf(route)]
    if (!route.access) problems.push(`${nameOf(route)}: says nobody who may use it`)
    else if (isOwnOrPrivileged(route.access) && !make && needsSample(route))
      problems.push(`${nameOf(route)}: has no sample request`)
    else for (const who of PEOPLE) problems.push(...(await visit(app, world, route, make, who)))
  }
  for (const name of Object.keys(samples))
    if (!app.knownRoutes.some((route) => nameOf(route) === name)) problems.push(`${name}: a sample without a route`)
  return problems
}

const needsSample = (route: KnownRoute) => route.method !== 'GET' || hasId(route)

async function visit(
  app: FastifyInstance,
  world: World,
  route: KnownRoute,
  make: MakeSample | undefined,
  who: Who,
): Promise<string[]> {
  // What is only read can be read again by the same person.
  const person = route.method === 'GET' ? world.again(who) : await world.another(who)
  const owner = who === 'nobody' ? await world.another('customer') : person
  const sample = (await make?.(world, owner)) ?? {}
  const { status, code } = await ask(app, route, sample, person)
  const expected = expectedFor(route, person)
  const line = (what: string) => [`${nameOf(route)} (${route.access}) as ${who}: ${what}, answered ${status} ${code}`]
  if (expected !== 'through') return code === expected ? [] : line(`expected ${expected}`)
  if (code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') return line('may, by the table')
  if (status >= 500 && !sample.also?.includes(status)) return line('failed')
  // Whoever may do it must be seen doing it, or a refusal might hide behind a bad sample.
  if (isOwnOrPrivileged(route.access) && status >= 400 && !sample.also?.includes(status))
    return line('the sample is bad')
  if (status < 400 && isPrivilegedAct(route) && !(await isWrittenDown(world, person)))
    return line('not in the audit log')
  return []
}

/** Something done that not everybody may do. */
const isPrivilegedAct = ({ access, method }: KnownRoute) =>
  isPermission(access) && access !== 'user' && method !== 'GET'

/** With who it was and from where. The person has done nothing else. */
const isWrittenDown = async ({ ctx }: World, { userId, role }: Person) =>
  (await ctx.db.auditEntry.count({
    where: { actorId: userId, actorRole: role ?? '', network: { not: null }, requestId: { not: null } },
  })) > 0

type Expected = 'through' | 'UNAUTHENTICATED' | 'FORBIDDEN' | 'BAD_SIGNATURE'

function expectedFor(route: KnownRoute, { who, role }: Person): Expected {
  const { access } = route
  if (access === 'signed') return 'BAD_SIGNATURE'
  if (access === 'session') return 'UNAUTHENTICATED'
  if (access === 'person') return role ? 'through' : 'UNAUTHENTICATED'
  if (!isPermission(access)) return 'through'
  if (!role) return 'UNAUTHENTICATED'
  const scope = scopeOf(role, access)
  if (!scope) return 'FORBIDDEN'
  // Lists are of one's own theatres; what is asked for, or done, belongs to the theatre `here`.
  const listed = route.method === 'GET' && !hasId(route)
  return scope === 'own theatres' && who === 'admin elsewhere' && !listed ? 'FORBIDDEN' : 'through'
}

/**
 * Asks for what belongs to one person as every other: by each route that is for one's own things, and has an id in its
 * path or a sample that names something of its owner in the body. It must be not found, for whomever.
 */
export async function walkForeignIds(
  app: FastifyInstance,
  world: World,
  samples: Samples,
  options: {
    /** Routes with an id in the path that is nobody's secret, because what it names is for everybody. */
    publicIds: string[]
    /** Routes for one's own things whose id is in the body. */
    idInBody: string[]
  },
): Promise<{ problems: string[]; visited: string[] }> {
  const problems: string[] = []
  const visited: string[] = []
  for (const route of app.knownRoutes) {
    const name = nameOf(route)
    if (hasId(route) && !isOwnOrPrivileged(route.access) && !options.publicIds.includes(name))
      problems.push(`${name}: an id that anybody may use, and nobody said that this is meant`)
    if ((route.access !== 'user' && route.access !== 'person') || !(hasId(route) || options.idInBody.includes(name)))
      continue
    const make = samples[name]
    if (!make) {
      problems.push(`${name}: has no sample id`)
      continue
    }
    visited.push(name)
    const owner = await world.another('customer')
    const sample = await make(world, owner)
    for (const who of PEOPLE.slice(1)) {
      const { status, body } = await ask(app, route, sample, await world.another(who))
      if (status !== 404) problems.push(`${name} as another ${who}: expected 404, answered ${status}`)
      if (body.includes(owner.email) || body.includes(owner.userId))
        problems.push(`${name} as another ${who}: tells of the owner`)
    }
    // The same request by its owner is not lost: what was not found is theirs, still there, and no bad sample.
    const { status } = await ask(app, route, sample, owner)
    if (status === 404) problems.push(`${name}: not even its owner finds it`)
  }
  return { problems, visited }
}

async function ask(app: FastifyInstance, route: KnownRoute, sample: Sample, person: Person) {
  const path = route.url
    .replaceAll(/:([A-Za-z]\w*)/g, (_, name: string) => encodeURIComponent(sample.params?.[name] ?? STANDS_IN))
    .replace('*', 'x')
  const answer = await app.inject({
    method: route.method as 'GET',
    url: path,
    query: sample.query ?? {},
    headers: { ...sample.headers, ...person.headers },
    ...(sample.body && { payload: sample.body }),
  })
  return { status: answer.statusCode, code: codeOf(answer.body), body: answer.body }
}

/** An id of nothing. */
const STANDS_IN = '01a1fd34-0000-7000-8000-000000000000'

function codeOf(body: string): string {
  if (!body.startsWith('{"error"')) return ''
  return (JSON.parse(body) as Partial<ErrorBody>).error?.code ?? ''
}

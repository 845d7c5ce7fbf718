import type { UserRole } from '@marquee/contracts/auth'
import { signAccessToken } from '@marquee/core/auth/access-tokens'
import { makeTheatre, makeUser } from '@marquee/core/testing/factories'
import type { TestContext } from '@marquee/core/testing/services'

/** Everybody there is to the API. `admin here` runs the theatre that samples are about, `admin elsewhere` another one. */
export const PEOPLE = ['nobody', 'customer', 'host', 'admin here', 'admin elsewhere', 'superadmin'] as const
export type Who = (typeof PEOPLE)[number]
export type Person = {
  who: Who
  role: UserRole | null
  userId: string
  email: string
  headers: { authorization?: string }
}

export type World = {
  ctx: TestContext
  /** The theatre of `admin here`. */
  theatreId: string
  /** The same person each time, signed in anew: a route before may have signed them out. */
  again(who: Who): Person
  /** Another person of this kind, who has done nothing yet. */
  another(who: Who): Promise<Person>
}

const ROLES = {
  customer: 'customer',
  host: 'host',
  'admin here': 'admin',
  'admin elsewhere': 'admin',
  superadmin: 'superadmin',
} as const satisfies Partial<Record<Who, UserRole>>

/** Fills a database with one person of each kind. */
export async function openWorld(ctx: TestContext): Promise<World> {
  const [here, elsewhere] = await Promise.all([makeTheatre(ctx), makeTheatre(ctx)])
  const another = async (who: Who): Promise<Person> => {
    if (who === 'nobody') return { who, role: null, userId: '', email: '', headers: {} }
    const role = ROLES[who]
    const user = await makeUser(ctx, { role })
    const { id: userId, email } = user
    if (role === 'admin') {
      const theatreId = who === 'admin here' ? here.id : elsewhere.id
      await ctx.db.theatreAdmin.create({ data: { theatreId, userId } })
    }
    return signIn({ who, role, userId, email: email ?? '', headers: {} })
  }
  const signIn = (person: Person): Person => {
    if (!person.role) return person
    const { accessToken } = signAccessToken(ctx, { id: person.userId, role: person.role })
    return { ...person, headers: { authorization: `Bearer ${accessToken}` } }
  }
  const people = Object.fromEntries(
    await Promise.all(PEOPLE.map(async (who) => [who, await another(who)] as const)),
  ) as Record<Who, Person>
  return { ctx, theatreId: here.id, again: (who) => signIn(people[who]), another }
}

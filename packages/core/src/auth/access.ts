import type { UserRole } from '@marquee/contracts/auth'
import type { Actor, Ctx } from '../context.ts'
import { AppError } from '../errors.ts'

/** `own`: one's own rows. `own theatres`: what belongs to a theatre in theatre_admins. `any`: everything there is. */
export type Scope = 'own' | 'own theatres' | 'any'

/**
 * Who may do what, and on what. A role that is not named may not. Every privileged verb asks for its permission itself;
 * every route names the one its verb asks for, and a test walks all of them as each role.
 */
export const ACCESS = {
  /** Own account, bookings, tickets, invoices, refunds. Another person's is not found. */
  user: { customer: 'own', host: 'own', admin: 'own', superadmin: 'own' },

  'movie.write': { admin: 'any', superadmin: 'any' },
  'cache.clear': { admin: 'any', superadmin: 'any' },

  'theatre.write': { admin: 'own theatres', superadmin: 'any' },
  'theatre.policy': { admin: 'own theatres', superadmin: 'any' },
  'showtime.cancel': { admin: 'own theatres', superadmin: 'any' },

  'promo.manage': { superadmin: 'any' },
  'voucher.issue': { superadmin: 'any' },

  'listing.read': { superadmin: 'any' },
  'listing.manage': { superadmin: 'any' },
  'alert.deliveries': { superadmin: 'any' },
  'forecast.read': { admin: 'any', superadmin: 'any' },
  'showtime.write': { admin: 'own theatres', superadmin: 'any' },

  'user.list': { superadmin: 'any' },
  'user.role': { superadmin: 'any' },
  'user.create-admin': { superadmin: 'any' },
  'user.delete': { superadmin: 'any' },
  'admin-request.decide': { superadmin: 'any' },
  'audit.read': { superadmin: 'any' },
} as const satisfies Record<string, Partial<Record<UserRole, Scope>>>

export type Permission = keyof typeof ACCESS

/** The permissions that some role has for its theatres only: asking for one without a theatre does not compile. */
export type TheatrePermission = {
  [P in Permission]: 'own theatres' extends (typeof ACCESS)[P][keyof (typeof ACCESS)[P]] ? P : never
}[Permission]

export type SignedIn = Extract<Actor, { kind: 'user' }>

/** What a role may do it on; undefined: it may not. */
export function scopeOf(role: UserRole, permission: Permission): Scope | undefined {
  const scopes: Partial<Record<UserRole, Scope>> = ACCESS[permission]
  // A role is a word from a token: only its own entry counts, nothing that every object has.
  return Object.hasOwn(scopes, role) ? scopes[role] : undefined
}

/** @throws AppError UNAUTHENTICATED when nobody is signed in, FORBIDDEN when somebody without this permission is */
export function authorise(actor: Actor, permission: Exclude<Permission, TheatrePermission>): SignedIn {
  return admit(actor, permission).user
}

/**
 * For what belongs to one theatre: an admin of that theatre, or whoever may everywhere. Theatres are public, so another
 * one is refused and not hidden. Null is what belongs to no theatre in particular.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN
 */
export async function authoriseTheatre(
  ctx: Pick<Ctx, 'db'>,
  actor: Actor,
  permission: TheatrePermission,
  theatreId: string | null,
): Promise<SignedIn> {
  const { user, scope } = admit(actor, permission)
  if (scope === 'any') return user
  // Asked each time, never kept in the token: a theatre taken away is taken away at once.
  const runs = theatreId && (await ctx.db.theatreAdmin.count({ where: { userId: user.userId, theatreId } }))
  if (!runs) throw new AppError('FORBIDDEN', 'This theatre is not one of yours')
  return user
}

/** For lists: the theatres whose rows somebody may see. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function authorisedTheatres(
  ctx: Pick<Ctx, 'db'>,
  actor: Actor,
  permission: TheatrePermission,
): Promise<'any' | string[]> {
  const { user, scope } = admit(actor, permission)
  if (scope === 'any') return 'any'
  const rows = await ctx.db.theatreAdmin.findMany({ where: { userId: user.userId }, select: { theatreId: true } })
  return rows.map((row) => row.theatreId)
}

function admit(actor: Actor, permission: Permission): { user: SignedIn; scope: Scope } {
  if (actor.kind !== 'user') throw new AppError('UNAUTHENTICATED', 'Sign in to go on')
  const scope = scopeOf(actor.role, permission)
  if (!scope) throw new AppError('FORBIDDEN', 'Your account may not do this')
  return { user: actor, scope }
}

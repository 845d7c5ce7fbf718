import type { UserRole } from '@marquee/contracts/auth'
import type { Actor } from '../context.ts'
import { AppError } from '../errors.ts'

export type SignedIn = Extract<Actor, { kind: 'user' }>

/** @throws AppError UNAUTHENTICATED when nobody is signed in */
export function requireUser(actor: Actor): SignedIn {
  if (actor.kind !== 'user') throw new AppError('UNAUTHENTICATED', 'Sign in to go on')
  return actor
}

/** @throws AppError UNAUTHENTICATED when nobody is signed in, FORBIDDEN when somebody without such a role is */
export function requireRole(actor: Actor, ...roles: [UserRole, ...UserRole[]]): SignedIn {
  const user = requireUser(actor)
  if (!roles.includes(user.role)) throw new AppError('FORBIDDEN', 'Your account may not do this')
  return user
}

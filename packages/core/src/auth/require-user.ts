import type { Actor } from '../context.ts'
import { authorise, type SignedIn } from './access.ts'

export type { SignedIn } from './access.ts'

/** For what is one's own. @throws AppError UNAUTHENTICATED when nobody is signed in */
export const requireUser = (actor: Actor): SignedIn => authorise(actor, 'user')

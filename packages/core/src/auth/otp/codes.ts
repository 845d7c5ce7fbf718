import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import type { Ctx } from '../../context.ts'
import { newSecret } from '../../ids.ts'

const MINUTE_MS = 60_000
export const CODE_TTL_MS = 10 * MINUTE_MS
/** Between two sends to one address or number. */
export const RESEND_AFTER_MS = MINUTE_MS
/** A right code is worth this long: to fill in the rest of a form. */
export const PROOF_TTL_MS = 15 * MINUTE_MS
/** Right or wrong, of one challenge, however often its code was sent again. */
export const MOST_TRIES = 5
/**
 * Wrong ones at one address in a day, whichever codes they were for, before each further code is worth one try. With the
 * thirty codes a day that admit-sending sends at most: forty guesses, and as many at the number of the same account.
 */
export const FREE_TRIES_A_DAY = 10

/** Six digits, each of a million as likely. */
export const newCode = () => String(randomInt(1_000_000)).padStart(6, '0')

/**
 * How a code is kept. A million codes are hashed in a second, so a salt alone would hide nothing: the key is ours, and the
 * challenge's id makes the same code look different each time.
 */
export const hashCode = (ctx: Pick<Ctx, 'jwtKey'>, challengeId: string, code: string) =>
  createHmac('sha256', ctx.jwtKey).update(`one-time code of ${challengeId}: ${code}`).digest('base64url')

/** For a challenge that no code was sent for: nothing anybody types has it. */
export const unmatchable = () => newSecret()

/** In constant time. */
export function sameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

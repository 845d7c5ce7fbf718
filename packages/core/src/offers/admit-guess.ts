import { countAttempt, limitKey } from '../auth/count-attempt.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { hashSecret } from '../ids.ts'

const WINDOW_SECONDS = 900
/** Wrong codes of one guest in that time; a right one does not count. Enough for bad handwriting, useless for a search. */
const MOST = { promo: 20, voucher: 10 } as const

/** Takes one from a count that is still running; one that has ended must not begin again below nothing. */
const GIVE_BACK = `if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('DECR', KEYS[1]) end`

/**
 * Looks a code up, counting the look before it is made, so that a hundred at the same moment are a hundred. Whoever is
 * signed in is counted as themselves, others by their network. @throws AppError RATE_LIMITED
 */
export async function admitGuess<T>(
  ctx: Pick<Ctx, 'redis' | 'config'>,
  guess: { kind: keyof typeof MOST; userId: string | null; network: string | undefined },
  look: () => Promise<T | null>,
): Promise<T | null> {
  const key = `offer:${guess.kind}:${hashSecret(guess.userId ?? guess.network ?? '')}`
  const guesses = await countAttempt(ctx, { key, windowSeconds: WINDOW_SECONDS })
  if (guesses && guesses.count > MOST[guess.kind] * ctx.config.http.rateLimitScale) {
    const minutes = Math.ceil(guesses.resetMs / 60_000)
    throw new AppError(
      'RATE_LIMITED',
      `Too many codes that do not exist. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    )
  }
  const found = await look()
  if (found !== null && guesses)
    await ctx.redis.run((client) => client.eval(GIVE_BACK, 1, limitKey(ctx, key))).catch(() => {}) // it ends by itself
  return found
}

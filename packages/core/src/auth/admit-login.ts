import { setTimeout as sleep } from 'node:timers/promises'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { hashSecret } from '../ids.ts'
import { countAttempt, limitKey } from './count-attempt.ts'

const WINDOW_SECONDS = 900
/** Wrong guesses at one account from one network. Whoever guesses locks out nobody but themselves. */
const MOST_PER_NETWORK = 10
/**
 * Wrong guesses at one account from all networks together before each network gets fewer, and slower ones. Nobody is
 * kept out by it: the owner comes from a network of their own, and needs one attempt.
 */
const ATTACKED_AFTER = 100
const MOST_PER_NETWORK_ATTACKED = 3
const SLOWED_MS = 1_000

/** Takes one from a count that is still running; a count that has ended must not begin again below nothing. */
const GIVE_BACK = `if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('DECR', KEYS[1]) end`

type LimitCtx = Pick<Ctx, 'redis' | 'config'>
export type LoginAttempt = { right(): Promise<void>; untried(): Promise<void> }

/**
 * Counts a password about to be tried, before it is tried, so that a hundred at the same moment are a hundred. Whoever
 * was right says so, and the wrong ones before are forgotten; one that came to nothing is given back.
 * `account`: its id, or what was entered where there is none: no second row of guesses for a second name.
 * Without Redis only the limit of each process on its own is left.
 * @throws AppError RATE_LIMITED
 */
export async function admitLogin(ctx: LimitCtx, who: { account: string; network: string }): Promise<LoginAttempt> {
  const account = `login:${hashSecret(who.account)}`
  const here = `${account}:${hashSecret(who.network)}`
  const scale = ctx.config.http.rateLimitScale
  const fromHere = await countAttempt(ctx, { key: here, windowSeconds: WINDOW_SECONDS })
  if (fromHere && fromHere.count > MOST_PER_NETWORK * scale) throw tooMany(fromHere.resetMs)
  // Only guesses that are tried: one network cannot use up what all have together.
  const fromAnywhere = await countAttempt(ctx, { key: account, windowSeconds: WINDOW_SECONDS })
  const attempt = {
    right: () => forget(ctx, account, here),
    untried: () => forget(ctx, account, here, true),
  }
  if (fromHere && fromAnywhere && fromAnywhere.count > ATTACKED_AFTER * scale) {
    if (fromHere.count > MOST_PER_NETWORK_ATTACKED * scale) throw tooMany(fromHere.resetMs)
    await sleep(SLOWED_MS)
  }
  return attempt
}

async function forget(ctx: LimitCtx, account: string, here: string, onlyOne = false): Promise<void> {
  await ctx.redis
    .run((client) =>
      Promise.all([
        client.eval(GIVE_BACK, 1, limitKey(ctx, account)),
        onlyOne ? client.eval(GIVE_BACK, 1, limitKey(ctx, here)) : client.del(limitKey(ctx, here)),
      ]),
    )
    .catch(() => {}) // it ends by itself, with the window
}

const tooMany = (resetMs: number) =>
  new AppError(
    'RATE_LIMITED',
    `Too many attempts for this account from your network. Try again in ${Math.ceil(resetMs / 60_000)} minutes.`,
  )

import { createHmac } from 'node:crypto'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { RESEND_AFTER_MS } from './codes.ts'
import type { Destination } from './destinations.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** To one address or number, from everywhere: what its owner can be pestered with, and five guesses each. */
const MOST_AN_HOUR = 10
const MOST_A_DAY = 20
/** To it from one network: less than all together, so that nobody alone can use up the owner's. */
const MOST_AN_HOUR_FROM_HERE = 5
const MOST_A_DAY_FROM_HERE = 8
/**
 * On top, for networks that asked for none to it that day: those of a few attackers have, its owner's has not. Bounded,
 * for a botnet has many.
 */
const KEPT_FOR_OTHERS_AN_HOUR = 5
const KEPT_FOR_OTHERS_A_DAY = 10
/** From one network to anybody. A mobile network may be a whole town; a script tries thousands. */
const MOST_AN_HOUR_OF_A_NETWORK = 40
/** Texts to one country: what being pumped for texts can cost at most. */
const MOST_TEXTS_AN_HOUR = 2_000

type Counts = {
  hour: number
  day: number
  hourFromHere: number
  dayFromHere: number
  ofNetwork: number
  last: Date | null
}

/** Where a request comes from, as it is kept: not to be read back. */
export const networkKey = (ctx: Pick<Ctx, 'jwtKey'>, network: string) =>
  createHmac('sha256', ctx.jwtKey).update(`network ${network}`).digest('base64url').slice(0, 22)

/**
 * Lets one more code be sent, or not. Counted from the challenges themselves, in the transaction that writes the next one
 * and one at a time, so that a hundred at the same moment are a hundred and it holds with Redis away. The count is of
 * what was asked for, sent or not: it tells nothing of whether there is an account.
 * @throws AppError RATE_LIMITED
 */
export async function admitSending(
  ctx: Pick<Ctx, 'config'>,
  tx: Prisma.TransactionClient,
  input: { to: Destination; network: string; now: Date },
): Promise<void> {
  const { to, network, now } = input
  const most = (count: number) => count * ctx.config.http.rateLimitScale
  const hourAgo = new Date(now.getTime() - HOUR_MS)
  const locks = [`otp ${to.destination}`, `otp network ${network}`, ...(to.country ? [`otp ${to.country}`] : [])]
  // In one order for everybody, or two would wait for each other.
  for (const lock of locks.toSorted()) await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`

  // A code that was used is no reason to wait for the next one.
  const [counts] = await tx.$queryRaw<Counts[]>`
    select coalesce(sum(sends) filter (where destination = ${to.destination} and last_sent_at > ${hourAgo}), 0)::int as hour,
           coalesce(sum(sends) filter (where destination = ${to.destination}), 0)::int as day,
           coalesce(sum(sends) filter (where destination = ${to.destination} and network = ${network}
             and last_sent_at > ${hourAgo}), 0)::int as "hourFromHere",
           coalesce(sum(sends) filter (where destination = ${to.destination} and network = ${network}), 0)::int as "dayFromHere",
           coalesce(sum(sends) filter (where network = ${network} and last_sent_at > ${hourAgo}), 0)::int as "ofNetwork",
           max(last_sent_at) filter (where destination = ${to.destination} and verified_at is null) as last
      from otp_challenges
     where last_sent_at > ${new Date(now.getTime() - DAY_MS)} and (destination = ${to.destination} or network = ${network})`
  if (!counts) throw new Error('a count has one row')
  const waitMs = counts.last ? counts.last.getTime() + RESEND_AFTER_MS - now.getTime() : 0
  if (waitMs > 0) throw tooSoon(waitMs)
  const kept = counts.dayFromHere === 0
  const today = most(MOST_A_DAY + (kept ? KEPT_FOR_OTHERS_A_DAY : 0))
  const thisHour = most(MOST_AN_HOUR + (kept ? KEPT_FOR_OTHERS_AN_HOUR : 0))
  if (counts.day >= today || counts.dayFromHere >= most(MOST_A_DAY_FROM_HERE))
    throw tooMany('for today. Try again tomorrow')
  if (counts.hour >= thisHour || counts.hourFromHere >= most(MOST_AN_HOUR_FROM_HERE))
    throw tooMany('for now. Try again in an hour')
  if (counts.ofNetwork >= most(MOST_AN_HOUR_OF_A_NETWORK)) throw tooMany('to your network. Try again in an hour')
  if (!to.country) return
  const [texts] = await tx.$queryRaw<{ sent: number }[]>`
    select coalesce(sum(sends), 0)::int as sent from otp_challenges
     where last_sent_at > ${hourAgo} and channel = 'sms' and starts_with(destination, ${to.country})`
  if ((texts?.sent ?? 0) >= most(MOST_TEXTS_AN_HOUR))
    throw new AppError('RATE_LIMITED', 'Texts to this country have to wait a little. Use your email address instead.')
}

const tooMany = (when: string) => new AppError('RATE_LIMITED', `No more codes can be sent ${when}.`)

function tooSoon(waitMs: number) {
  const seconds = Math.ceil(waitMs / 1_000)
  return new AppError(
    'RATE_LIMITED',
    `A code was asked for just now. Ask again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
  )
}

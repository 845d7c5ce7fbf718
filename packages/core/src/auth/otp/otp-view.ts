import type { OtpSent } from '@marquee/contracts/otp'
import type { Ctx } from '../../context.ts'
import type { OtpChallenge } from '../../generated/prisma/client.ts'
import { RESEND_AFTER_MS } from './codes.ts'
import { countryOf, maskDestination } from './destinations.ts'

/** What whoever asked is told: never the code, nor whether it was sent. */
export function toOtpSent(ctx: Pick<Ctx, 'config'>, challenge: OtpChallenge, now: Date): OtpSent {
  const { id, channel, destination, expiresAt, lastSentAt } = challenge
  const to = { channel: channel === 'sms' ? 'sms' : 'email', destination } as const
  const country = to.channel === 'sms' ? (countryOf(ctx.config, destination) ?? '') : ''
  return {
    challengeId: id,
    channel: to.channel,
    sentTo: maskDestination(to, country),
    expiresAt: expiresAt.toISOString(),
    resendAt: new Date(lastSentAt.getTime() + RESEND_AFTER_MS).toISOString(),
    now: now.toISOString(),
  }
}

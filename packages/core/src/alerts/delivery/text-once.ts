import type { SmsError } from '@marquee/providers/sms/sms-sender'
import type { Ctx } from '../../context.ts'
import type { ContactPoint } from '../../generated/prisma/client.ts'
import { newId } from '../../ids.ts'
import { openContact } from '../contacts/contact-points.ts'
import { templateId } from './send-message.ts'
import { type SmsTemplate, smsText } from './sms-words.ts'

type TextCtx = Pick<Ctx, 'db' | 'config' | 'clock' | 'log' | 'sms'>

const DAY_MS = 24 * 3_600_000
/** Texts to one number that are about no opening: whoever makes and deletes alerts all day costs no more than this. */
export const NOTICES_A_DAY = 5

/**
 * Texts a number about one thing once, however often its job runs. The claim is committed before the carrier is asked: a
 * text of which nobody knows whether it went out is not repeated. Kept by the contact's hash, without the number.
 * @returns false when it went out before, may have, was refused, or the number had enough for a day
 * @throws SmsError when it certainly did not go out and may be tried again
 */
export async function textOnce(
  ctx: TextCtx,
  given: { key: string; contact: ContactPoint; template: SmsTemplate; values: Parameters<typeof smsText>[1] },
): Promise<boolean> {
  const { key, contact, template, values } = given
  const now = ctx.clock.now()
  const [claim] = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into deliveries (id, event_key, channel, recipient, template, state, attempts, created_at)
    select ${newId()}::uuid, ${key}, 'sms', ${contact.hash}, ${template}, 'SENDING', 1, ${now}
     where (select count(*) from deliveries where recipient = ${contact.hash} and channel = 'sms' and event_key <> ${key}
               and state in ('SENDING', 'SENT') and created_at > ${new Date(now.getTime() - DAY_MS)}) < ${NOTICES_A_DAY}
    on conflict (event_key, channel, recipient) do update set state = 'SENDING', attempts = deliveries.attempts + 1
     where deliveries.state = 'PENDING'
    returning id`
  if (!claim) return false
  const note = (data: { state: 'PENDING' | 'SENT' | 'FAILED'; sentAt?: Date; providerMessageId?: string }) =>
    ctx.db.delivery.updateMany({ where: { id: claim.id }, data })
  try {
    const { providerMessageId } = await ctx.sms.send({
      to: openContact(ctx, contact),
      text: smsText(template, values),
      idempotencyKey: key,
      ...templateId(ctx, template),
    })
    await note({ state: 'SENT', sentAt: now, providerMessageId })
    return true
  } catch (error) {
    const { retry, ours, refused } = error as Partial<SmsError>
    if (retry || ours) {
      await note({ state: 'PENDING' })
      throw error
    }
    if (refused) await note({ state: 'FAILED' })
    ctx.log.warn(
      { err: error, template },
      'a text was refused, or nobody knows whether it went out: it is not repeated',
    )
    return false
  }
}

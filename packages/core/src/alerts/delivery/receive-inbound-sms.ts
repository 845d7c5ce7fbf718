import type { InboundSms } from '@marquee/providers/sms/sms-sender'
import { countAttempt } from '../../auth/count-attempt.ts'
import type { Ctx } from '../../context.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { newId } from '../../ids.ts'
import { hashContact } from '../contacts/seal.ts'
import { liftOptOut } from '../opt-outs/lift-opt-out.ts'
import { noteOptOut } from '../opt-outs/note-opt-out.ts'
import { templateId } from './send-message.ts'
import { type SmsTemplate, smsText } from './sms-words.ts'
import { meaningOf } from './stop-words.ts'

type InboundCtx = Pick<Ctx, 'db' | 'redis' | 'clock' | 'log' | 'config' | 'sms'>

/** Whoever writes STOP and START in turns is heard each time, and answered so often. */
const CONFIRMED_A_DAY = 4

/**
 * Somebody wrote to our number. STOP, in whatever words, ends texts and calls to theirs; START undoes it. Each is confirmed
 * by one text, sent once: the same message a second time is only acknowledged. What they wrote is not kept.
 */
export async function receiveInboundSms(
  ctx: InboundCtx,
  { provider, message }: { provider: string; message: InboundSms },
): Promise<{ meaning: 'stop' | 'start' | 'other' }> {
  const meaning = meaningOf(message.text)
  const hash = hashContact(ctx, 'phone', message.from)
  const answer = await ctx.db.$transaction(async (tx) => {
    const at = ctx.clock.now()
    if (!(await isFirstWith(tx, provider, message, at))) {
      ctx.log.warn({ provider, meaning }, 'a text to us under the signature of another one: not believed')
      return null
    }
    const receipt = { provider, providerId: message.id, status: 'inbound', sequence: '', payload: { meaning }, at }
    const { count } = await tx.carrierReceipt.createMany({ data: [{ id: newId(), ...receipt }], skipDuplicates: true })
    if (count === 0) return null
    return changeOptOut(tx, meaning, hash, at)
  })
  if (!answer) return { meaning }
  const confirmed = await countAttempt(ctx, { key: `inbound:${hash}`, windowSeconds: 24 * 3_600 })
  if (!confirmed || confirmed.count <= CONFIRMED_A_DAY) await confirm(ctx, message, answer)
  return { meaning }
}

/** Whoever has seen one such message could otherwise write START for anybody. */
async function isFirstWith(
  tx: Prisma.TransactionClient,
  provider: string,
  { nonce, id }: InboundSms,
  at: Date,
): Promise<boolean> {
  if (!nonce) return true
  const one = { provider, providerId: nonce, status: 'nonce', sequence: '' }
  await tx.carrierReceipt.createMany({ data: [{ id: newId(), ...one, payload: { of: id }, at }], skipDuplicates: true })
  return (await tx.carrierReceipt.count({ where: { ...one, payload: { path: ['of'], equals: id } } })) === 1
}

async function changeOptOut(
  tx: Prisma.TransactionClient,
  meaning: 'stop' | 'start' | 'other',
  hash: string,
  at: Date,
): Promise<SmsTemplate | null> {
  if (meaning === 'other') return null
  if (meaning === 'stop') {
    const news = await noteOptOut(tx, { hash, channels: ['sms', 'call'], how: 'stop-word', at })
    return news.length > 0 ? 'opted-out' : null
  }
  const texts = await liftOptOut(tx, { hash, channels: ['sms'], how: ['stop-word', 'unsubscribe'] })
  // Whoever pressed 9 on a call did not take that back by a text.
  const calls = await liftOptOut(tx, { hash, channels: ['call'], how: ['stop-word'] })
  return texts + calls > 0 ? 'opted-in' : null
}

/** The one text that may still be sent. When it fails nothing is repeated: the opt-out holds without it. */
async function confirm(ctx: InboundCtx, { from, id }: InboundSms, template: SmsTemplate): Promise<void> {
  const message = {
    to: from,
    text: smsText(template, {}),
    idempotencyKey: `inbound:${id}`,
    ...templateId(ctx, template),
  }
  await ctx.sms.send(message).catch((err: unknown) => ctx.log.warn({ err }, 'an opt-out was not confirmed'))
}

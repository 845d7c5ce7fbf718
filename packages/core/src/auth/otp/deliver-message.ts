import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { OtpPurpose } from '@marquee/contracts/otp'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { newId } from '../../ids.ts'
import type { Destination } from './destinations.ts'
import { codeMail, codeText, knownMail, knownText } from './otp-words.ts'

type DeliverCtx = Pick<Ctx, 'mail' | 'sms' | 'config' | 'log'>
type Message = {
  challengeId: string
  purpose: OtpPurpose
  to: Pick<Destination, 'channel' | 'destination'>
  /** Null: tell that there is an account already. */
  code: string | null
}

/** Before the second and the third try. Whoever waits asks for another code after a minute. */
const PAUSES_MS = [1_000, 5_000]
/** Above this the vendor does not keep up, and memory is all that would fill. */
const MOST_UNDER_WAY = 500
const underWay = new Set<Promise<void>>()

/** @throws AppError UNAVAILABLE when messages pile up */
export function requireDeliveryRoom(): void {
  if (underWay.size >= MOST_UNDER_WAY)
    throw new AppError('UNAVAILABLE', 'Codes go out more slowly than usual. Try again in a minute.')
}

/**
 * Sends a code, or word of an account, after the answer: a slow vendor holds up nobody, and the time an answer takes does
 * not tell who has an account. From memory, not by a job: the code is written down nowhere, and it goes out with Redis
 * away. A crash costs its reader the minute until "send again".
 */
export function deliverInBackground(ctx: DeliverCtx, message: Message): void {
  // Composing a mail is work too: not before the answer has left.
  const sending = nextTurn()
    .then(() => deliver(ctx, message))
    .catch((err: unknown) => {
      const { challengeId, purpose, to } = message
      ctx.log.error({ err, challengeId, purpose, channel: to.channel }, 'a code was not sent')
    })
  underWay.add(sending)
  void sending.finally(() => underWay.delete(sending))
}

/** Resolves when nothing is under way: for a process that closes, and for tests. */
export async function deliveriesDone(): Promise<void> {
  while (underWay.size > 0) await Promise.all(underWay)
}

async function deliver(ctx: DeliverCtx, message: Message): Promise<void> {
  // The same for every try, so that a mail that did arrive arrives once.
  const idempotencyKey = newId()
  for (let attempt = 0; ; attempt++) {
    try {
      return await sendOne(ctx, message, idempotencyKey)
    } catch (error) {
      const pause = PAUSES_MS[attempt]
      if (pause === undefined || (error as { retry?: boolean }).retry !== true) throw error
      await sleep(pause)
    }
  }
}

async function sendOne(ctx: DeliverCtx, { purpose, to, code }: Message, idempotencyKey: string): Promise<void> {
  const { publicBaseUrl } = ctx.config.http
  const { channel, destination } = to
  if (channel === 'sms') {
    const text = code ? codeText({ code, purpose, publicBaseUrl }) : knownText({ publicBaseUrl })
    await ctx.sms.send({ to: destination, text, idempotencyKey })
  } else {
    const mail = code ? codeMail({ code, purpose, destination }) : knownMail({ destination, publicBaseUrl })
    await ctx.mail.send({ ...mail, to: destination, attachments: [], idempotencyKey })
  }
}

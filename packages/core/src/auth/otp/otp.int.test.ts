import type { OtpPurpose, SendOtpBody } from '@marquee/contracts/otp'
import { MailError } from '@marquee/providers/mail/mail-sender'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { manualClock } from '../../clock.ts'
import type { Actor } from '../../context.ts'
import { newId } from '../../ids.ts'
import { makeUser } from '../../testing/factories.ts'
import { type TestContext, testContext } from '../../testing/services.ts'
import { deliveriesDone } from './deliver-message.ts'
import { resendOtp } from './resend-otp.ts'
import { sendOtp } from './send-otp.ts'
import { verifyOtp } from './verify-otp.ts'

const clock = manualClock('2026-11-21T10:00:00Z')
let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ clock, env: { RATE_LIMIT_SCALE: '1', OTP_COUNTRIES: '+91,+44,+4477' } })
})
afterAll(() => ctx.close())
// An hour and a day later nothing of the last test is counted.
beforeEach(() => clock.advance(25 * 3_600_000))

const ANYBODY: Actor = { kind: 'anonymous' }
const signedIn = (userId: string): Actor => ({ kind: 'user', userId, role: 'customer', jti: newId() })
let counter = 0
const network = () => `198.18.${++counter >> 8}.${counter & 255}`
const address = () => `asha${++counter}@example.com`
const number = () => `+9198${String(++counter).padStart(8, '0')}`
const send = (body: SendOtpBody, from = network(), actor: Actor = ANYBODY) =>
  sendOtp(ctx, { actor, body, network: from })
const resend = (challengeId: string) => resendOtp(ctx, { body: { challengeId } })
const verify = (challengeId: string, code: string) => verifyOtp(ctx, { challengeId, code })

/** What reached somebody, oldest first. */
async function received(destination: string) {
  await deliveriesDone()
  return [
    ...ctx.mail.sent.filter((mail) => mail.to === destination).map((mail) => `${mail.subject}\n${mail.text}`),
    ...ctx.sms.sent.filter((sms) => sms.to === destination).map((sms) => sms.text),
  ]
}
const lastCode = async (destination: string) => /\b\d{6}\b/.exec((await received(destination)).at(-1) ?? '')?.[0] ?? ''
const another = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const refused = (code: string) => expect.objectContaining({ code })
const outcomes = async (asked: Promise<unknown>[]) =>
  (await Promise.allSettled(asked)).map((one) =>
    one.status === 'fulfilled' ? 'done' : (one.reason as { code: string }).code,
  )
const count = (all: string[], what: string) => all.filter((one) => one === what).length

describe('a code', () => {
  test('goes out by mail and is exchanged for a proof, once; the answer hides most of the address', async () => {
    const email = address()
    const sent = await send({ purpose: 'register', email: email.toUpperCase() })
    expect(sent).toEqual({
      challengeId: expect.any(String),
      channel: 'email',
      sentTo: 'a•••@example.com',
      now: clock.now().toISOString(),
      resendAt: new Date(clock.now().getTime() + 60_000).toISOString(),
      expiresAt: new Date(clock.now().getTime() + 600_000).toISOString(),
    })
    const code = await lastCode(email)
    const { proof, expiresAt } = await verify(sent.challengeId, code)
    expect(proof.length).toBeGreaterThan(40)
    expect(Date.parse(expiresAt) - clock.now().getTime()).toBe(15 * 60_000)
    await expect(verify(sent.challengeId, code)).rejects.toEqual(refused('OTP_ENDED'))
  })

  test('goes out by SMS, short, with what lets a phone fill it in', async () => {
    const phone = number()
    const { sentTo, channel } = await send({ purpose: 'login', phone: (await owner({ phone })).phone ?? '' })
    expect({ sentTo, channel }).toEqual({ channel: 'sms', sentTo: `+91 ••••• ••${phone.slice(-3)}` })
    const [text = ''] = await received(phone)
    expect(text).toMatch(/^\d{6} is your Marquee code to sign in\..+Never share it\.\n\n@localhost #\d{6}$/)
    expect(text.length).toBeLessThanOrEqual(160)
  })

  test('is written down nowhere, and neither is its proof', async () => {
    const email = address()
    const lines: string[] = []
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
    const body = { purpose: 'register', email } as const
    const sent = await sendOtp({ ...ctx, log }, { actor: ANYBODY, body, network: network() })
    const code = await lastCode(email)
    const { proof } = await verify(sent.challengeId, code)
    const row = JSON.stringify(await ctx.db.otpChallenge.findUniqueOrThrow({ where: { id: sent.challengeId } }))
    for (const kept of [row, ...lines, JSON.stringify(sent)]) {
      expect(kept).not.toContain(code)
      expect(kept).not.toContain(proof)
    }
    expect(await ctx.db.outboxEvent.count()).toBe(0)
  })

  test('ends after ten minutes', async () => {
    const email = address()
    const { challengeId } = await send({ purpose: 'register', email })
    const code = await lastCode(email)
    clock.advance(600_000)
    await expect(verify(challengeId, code)).rejects.toEqual(refused('OTP_ENDED'))
    await expect(verify(newId(), code)).rejects.toEqual(refused('OTP_ENDED'))
  })

  test('is not sent to a country that is not on the list, whoever asks', async () => {
    await expect(send({ purpose: 'login', phone: '+15550100000' })).rejects.toEqual(refused('VALIDATION'))
    await expect(send({ purpose: 'register', phone: '+2340000000' })).rejects.toMatchObject({
      details: { fields: [{ field: 'phone', message: expect.stringContaining('email') }] },
    })
  })
})

describe('guesses', () => {
  test('five, then none, though the sixth be right', async () => {
    const email = address()
    const { challengeId } = await send({ purpose: 'register', email })
    const code = await lastCode(email)
    for (const left of [4, 3, 2, 1])
      await expect(verify(challengeId, another(code))).rejects.toMatchObject({
        code: 'OTP_WRONG',
        message: expect.stringContaining(`${left} `),
      })
    await expect(verify(challengeId, another(code))).rejects.toEqual(refused('OTP_ENDED'))
    await expect(verify(challengeId, code)).rejects.toEqual(refused('OTP_ENDED'))
  })

  test('a hundred at the same moment count as a hundred: five are compared', async () => {
    const email = address()
    const { challengeId } = await send({ purpose: 'register', email })
    const wrong = another(await lastCode(email))
    const answers = await outcomes(Array.from({ length: 100 }, () => verify(challengeId, wrong)))
    expect([count(answers, 'OTP_WRONG'), count(answers, 'OTP_ENDED')]).toEqual([4, 96])
    expect(await ctx.db.otpChallenge.findUnique({ where: { id: challengeId } })).toMatchObject({ tries: 5 })
  })

  test('many codes for one address, all guessed at: below one in ten thousand a day, and its owner gets in', async () => {
    const { email: known } = await makeUser(ctx)
    const email = known ?? ''
    const networks = Array.from({ length: 12 }, network)
    let compared = 0
    let sent = 0
    // Whichever is asked, its last try is told as the end, and so is one that is not compared at all: at most this many.
    const guess = async (id: string) => {
      const answers = await outcomes(Array.from({ length: 8 }, () => verify(id, 'no code')))
      expect(answers).not.toContain('done')
      compared += count(answers, 'OTP_WRONG') + 1
    }
    for (let hour = 0; hour < 23; hour++) {
      const open: string[] = []
      for (let minute = 0; minute < 20; minute++) {
        clock.advance(60_000)
        const asked = await send(
          { purpose: minute % 2 ? 'login' : 'reset-password', email },
          networks[minute % 12],
        ).catch(() => null)
        if (asked) open.push(asked.challengeId)
      }
      sent += open.length
      // Side by side: what one has used up must count for the others at that moment.
      await Promise.all(open.map(guess))
      clock.advance(40 * 60_000)
    }
    expect(sent).toBeGreaterThanOrEqual(20)
    // Twice, for an account has a number too.
    expect(2 * compared).toBeLessThan(100)

    clock.advance(3_600_000)
    const mine = await send({ purpose: 'login', email })
    expect(await verify(mine.challengeId, await lastCode(email))).toMatchObject({ proof: expect.any(String) })
  })

  test('ten wrong ones at an address leave one try for each code of that day, known or not', async () => {
    for (const email of [(await makeUser(ctx)).email ?? '', address()]) {
      for (let i = 0; i < 2; i++) {
        const { challengeId } = await send({ purpose: 'login', email })
        await outcomes(Array.from({ length: 5 }, () => verify(challengeId, 'no code')))
        clock.advance(60_000)
      }
      const { challengeId } = await send({ purpose: 'login', email })
      await expect(verify(challengeId, 'no code')).rejects.toEqual(refused('OTP_ENDED'))
      clock.advance(60_000)
      await expect(resend(challengeId)).rejects.toEqual(refused('OTP_ENDED'))
    }
    // The codes of a day ago are forgotten.
    clock.advance(25 * 3_600_000)
  })

  test('the right one twice at the same moment gives one proof', async () => {
    const email = address()
    const { challengeId } = await send({ purpose: 'register', email })
    const code = await lastCode(email)
    const answers = await outcomes([1, 2, 3].map(() => verify(challengeId, code)))
    expect(answers.toSorted()).toEqual(['OTP_ENDED', 'OTP_ENDED', 'done'])
  })
})

describe('again', () => {
  test('after a minute: a new code, the old one is over, tries stay made', async () => {
    const email = address()
    const { challengeId } = await send({ purpose: 'register', email })
    const first = await lastCode(email)
    await outcomes([1, 2, 3].map(() => verify(challengeId, another(first))))
    clock.advance(59_000)
    await expect(resend(challengeId)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      message: expect.stringContaining('1 second'),
    })
    clock.advance(1_000)
    const again = await resend(challengeId)
    expect(again).toMatchObject({ challengeId, expiresAt: new Date(clock.now().getTime() + 600_000).toISOString() })
    const second = await lastCode(email)
    // One in a million that it is the same.
    if (second !== first) await expect(verify(challengeId, first)).rejects.toMatchObject({ code: 'OTP_WRONG' })
    expect(await verify(challengeId, second)).toMatchObject({ proof: expect.any(String) })
    clock.advance(60_000)
    await expect(resend(challengeId)).rejects.toEqual(refused('OTP_ENDED'))
    await expect(resend(newId())).rejects.toEqual(refused('OTP_ENDED'))
  })

  test('no more once it was guessed at too often', async () => {
    const email = address()
    const { challengeId } = await send({ purpose: 'register', email })
    const wrong = another(await lastCode(email))
    await outcomes(Array.from({ length: 5 }, () => verify(challengeId, wrong)))
    clock.advance(60_000)
    await expect(resend(challengeId)).rejects.toEqual(refused('OTP_ENDED'))
  })

  test('a code that was used is no reason to wait', async () => {
    const email = address()
    const { challengeId } = await send({ purpose: 'register', email })
    await expect(send({ purpose: 'login', email })).rejects.toEqual(refused('RATE_LIMITED'))
    await verify(challengeId, await lastCode(email))
    expect(await send({ purpose: 'login', email })).toMatchObject({ channel: 'email' })
  })
})

describe('who has an account stays unknown', () => {
  const answerTo = async (body: SendOtpBody) => {
    const { challengeId, sentTo, ...rest } = await send(body)
    return { rest, challengeId, sentTo: sentTo.replace(/\d{3}$/, '') }
  }

  test.each(['login', 'reset-password', 'register'] as const)(
    '%s: the same answer, and wrong codes alike',
    async (purpose) => {
      const [known, unknown] = [(await makeUser(ctx)).email ?? '', address()]
      const [one, other] = [await answerTo({ purpose, email: known }), await answerTo({ purpose, email: unknown })]
      expect(one.rest).toEqual(other.rest)
      const guess = (id: string) => outcomes(Array.from({ length: 6 }, () => verify(id, '000000')))
      expect((await guess(one.challengeId)).toSorted()).toEqual((await guess(other.challengeId)).toSorted())
      await expect(send({ purpose, email: known })).rejects.toMatchObject({ code: 'RATE_LIMITED' })
      await expect(send({ purpose, email: unknown })).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    },
  )

  test('login and reset send nothing to who has none, and no code is the right one', async () => {
    const email = address()
    const { challengeId } = await send({ purpose: 'login', email })
    expect(await received(email)).toEqual([])
    clock.advance(60_000)
    await resend(challengeId)
    expect(await received(email)).toEqual([])
    expect((await ctx.db.otpChallenge.findUniqueOrThrow({ where: { id: challengeId } })).userId).toBeNull()
  })

  test('who registers again is told so in the mail, without a code', async () => {
    const { email } = await makeUser(ctx)
    await send({ purpose: 'register', email: email ?? '' })
    const [mail = ''] = await received(email ?? '')
    expect(mail).toContain('You have a Marquee account already')
    expect(mail).toContain('/sign-in')
    expect(mail).not.toMatch(/\b\d{6}\b/)
    const { phone } = await owner({ phone: number() })
    await send({ purpose: 'register', phone: phone ?? '' })
    expect((await received(phone ?? ''))[0]).toMatch(/^You have a Marquee account with this number already/)
  })

  test('an address that was typed and never proved is nobody’s to sign in with', async () => {
    const email = address()
    await owner({ phone: number(), email })
    await send({ purpose: 'login', email })
    expect(await received(email)).toEqual([])
  })
})

describe('for who is signed in', () => {
  const purposes: OtpPurpose[] = ['change-email', 'change-phone', 'admin-request']
  test.each(purposes)('%s asks who that is, and is theirs alone', async (purpose) => {
    const user = await makeUser(ctx)
    const body: SendOtpBody =
      purpose === 'change-phone'
        ? { purpose, phone: number() }
        : { purpose, email: purpose === 'admin-request' ? (user.email ?? '') : address() }
    await expect(send(body)).rejects.toEqual(refused('UNAUTHENTICATED'))
    const { challengeId } = await send(body, network(), signedIn(user.id))
    expect(await ctx.db.otpChallenge.findUnique({ where: { id: challengeId } })).toMatchObject({ userId: user.id })
    const to = body.email ?? body.phone ?? ''
    expect(await verify(challengeId, await lastCode(to))).toMatchObject({ proof: expect.any(String) })
  })

  test('a change goes to the right kind of place; an application to one’s own', async () => {
    const actor = signedIn((await makeUser(ctx)).id)
    const bodies: SendOtpBody[] = [
      { purpose: 'change-email', phone: number() },
      { purpose: 'change-phone', email: address() },
      { purpose: 'admin-request', email: address() },
    ]
    for (const body of bodies) await expect(send(body, network(), actor)).rejects.toEqual(refused('VALIDATION'))
  })

  test('somebody else’s address gets word of it and no code; the answer is the same', async () => {
    const [me, other] = [await makeUser(ctx), await makeUser(ctx)]
    const { challengeId } = await send(
      { purpose: 'change-email', email: other.email ?? '' },
      network(),
      signedIn(me.id),
    )
    expect((await received(other.email ?? ''))[0]).not.toMatch(/\b\d{6}\b/)
    await expect(verify(challengeId, '123456')).rejects.toMatchObject({ code: 'OTP_WRONG' })
  })
})

describe('limits', () => {
  const everyMinute = async (times: number, ask: (i: number) => Promise<unknown>) => {
    const answers: string[] = []
    for (let i = 0; i < times; i++) {
      answers.push(...(await outcomes([ask(i)])))
      clock.advance(60_000)
    }
    return answers
  }

  test('thirty at the same moment are one code', async () => {
    const email = address()
    const answers = await outcomes(Array.from({ length: 30 }, () => send({ purpose: 'register', email })))
    expect([count(answers, 'done'), count(answers, 'RATE_LIMITED')]).toEqual([1, 29])
    expect(await received(email)).toHaveLength(1)
  })

  test('five an hour from one network to one address, and its owner still gets theirs from elsewhere', async () => {
    const [email, there] = [address(), network()]
    const answers = await everyMinute(7, () => send({ purpose: 'register', email }, there))
    expect([count(answers, 'done'), count(answers, 'RATE_LIMITED')]).toEqual([5, 2])
    expect(await send({ purpose: 'register', email })).toMatchObject({ channel: 'email' })
  })

  test('ten an hour and twenty a day to one address from networks that ask and ask, sent again or anew', async () => {
    const email = address()
    const networks = Array.from({ length: 4 }, network)
    let last = ''
    const ask = async (i: number) => {
      if (i % 2 === 1) return resend(last)
      last = (await send({ purpose: 'register', email }, networks[(i >> 1) % 4])).challengeId
    }
    expect(count(await everyMinute(12, ask), 'done')).toBe(10)
    clock.advance(3_600_000)
    expect(count(await everyMinute(12, ask), 'done')).toBe(10)
    clock.advance(3_600_000)
    expect(await everyMinute(1, ask)).toEqual(['RATE_LIMITED'])
    clock.advance(24 * 3_600_000)
    expect(await everyMinute(1, ask)).toEqual(['done'])
  })

  test('its owner, who comes from elsewhere, still gets one when those are used up; thirty a day is the end of it', async () => {
    const email = address()
    const networks = Array.from({ length: 4 }, network)
    for (let hour = 0; hour < 3; hour++) {
      await everyMinute(12, (i) => send({ purpose: 'login', email }, networks[i % 4]))
      clock.advance(3_600_000)
    }
    await expect(send({ purpose: 'login', email }, networks[0])).rejects.toEqual(refused('RATE_LIMITED'))
    expect(await send({ purpose: 'login', email })).toMatchObject({ channel: 'email' })
    clock.advance(3_600_000)
    expect(count(await everyMinute(20, () => send({ purpose: 'login', email })), 'done')).toBe(9)
  })

  test('eight a day from one network to one address', async () => {
    const [email, there] = [address(), network()]
    let sent = 0
    for (let hour = 0; hour < 4; hour++) {
      sent += count(await everyMinute(6, () => send({ purpose: 'register', email }, there)), 'done')
      clock.advance(3_600_000)
    }
    expect(sent).toBe(8)
  })

  test('forty an hour from one network, to whomever', async () => {
    const there = network()
    const answers = await outcomes(
      Array.from({ length: 50 }, () => send({ purpose: 'login', email: address() }, there)),
    )
    expect([count(answers, 'done'), count(answers, 'RATE_LIMITED')]).toEqual([40, 10])
  })

  test('texts to a country, by the longest prefix; mail is not kept waiting by it', async () => {
    const now = clock.now()
    await ctx.db.otpChallenge.createMany({
      data: Array.from({ length: 20 }, (_, i) => ({
        id: newId(),
        purpose: 'LOGIN' as const,
        channel: 'sms',
        destination: `+4477${i}`,
        codeHash: 'x',
        sends: 100,
        lastSentAt: now,
        expiresAt: now,
      })),
    })
    await expect(send({ purpose: 'register', phone: '+447700900123' })).rejects.toEqual(refused('RATE_LIMITED'))
    expect(await send({ purpose: 'register', phone: number() })).toMatchObject({ channel: 'sms' })
    expect(await send({ purpose: 'register', email: address() })).toMatchObject({ channel: 'email' })
  })
})

describe('sending', () => {
  test('a mail server that never answers holds up nobody', async () => {
    const slow = Promise.withResolvers<{ providerMessageId: string }>()
    const mail = { ...ctx.mail, send: () => slow.promise }
    const body = { purpose: 'register', email: address() } as const
    expect(await sendOtp({ ...ctx, mail }, { actor: ANYBODY, body, network: network() })).toBeTruthy()
    slow.resolve({ providerMessageId: 'at last' })
    await deliveriesDone()
  })

  test('a hiccup is tried again; what is refused for good is logged without the code', async () => {
    const tries: string[] = []
    let code = ''
    const lines: string[] = []
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
    const failing = (retry: boolean) => ({
      ...ctx,
      log,
      mail: {
        ...ctx.mail,
        send: async ({ subject, idempotencyKey }: { subject: string; idempotencyKey: string }) => {
          tries.push(idempotencyKey)
          code = subject.slice(0, 6)
          if (tries.length === 2) return { providerMessageId: subject }
          throw new MailError('no', retry)
        },
      },
    })
    const ask = (retry: boolean) =>
      sendOtp(failing(retry), { actor: ANYBODY, body: { purpose: 'register', email: address() }, network: network() })
    await ask(true)
    await deliveriesDone()
    expect(tries).toHaveLength(2)
    expect(new Set(tries).size).toBe(1)
    expect(lines).toEqual([])
    await ask(false)
    await deliveriesDone()
    expect(tries).toHaveLength(3)
    expect(lines.join()).toContain('a code was not sent')
    expect(lines.join()).not.toContain(code)
  })
})

/** Somebody whose phone number is proved; an address beside it is not. */
async function owner({ phone, email }: { phone: string; email?: string }) {
  const user = await makeUser(ctx)
  return ctx.db.user.update({
    where: { id: user.id },
    data: { phone, email: email ?? null, phoneVerifiedAt: clock.now() },
  })
}

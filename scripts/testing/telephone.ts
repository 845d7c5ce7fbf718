import { fanOutOpening } from '@marquee/core/alerts/delivery/fan-out-opening'
import { placeCall } from '@marquee/core/alerts/delivery/place-call'
import { sendMessage } from '@marquee/core/alerts/delivery/send-message'
import { manualClock } from '@marquee/core/clock'
import type { Ctx } from '@marquee/core/context'
import type { Queues } from '@marquee/core/jobs/queues'
import { type TestContext, testContext } from '@marquee/core/testing/services'
import { listen } from '@marquee/providers/carrier-simulator/listen'
import { createCarrierSimulator } from '@marquee/providers/carrier-simulator/simulator'
import { openSms, openVoice } from '@marquee/providers/open-vendors'
import type { FastifyInstance } from 'fastify'

const PUBLIC = 'https://tickets.example'
/** No queue: what is due is taken from the table itself. */
const NO_QUEUES = { byName: {}, ready: false, close: async () => {} } as unknown as Queues

type Options = {
  build: (ctx: Ctx) => Promise<FastifyInstance>
  /** When it is, in UTC: half past eleven in Hyderabad by default. */
  at?: string
  env?: Record<string, string>
}

/**
 * The API and the development carrier on one clock that a test moves: every call and text goes over the wire, signed, and
 * every callback comes back over it. Jobs are run by hand, in the order of the line.
 */
export async function openTelephone({ build, at = '2026-11-21T06:00:00Z', env = {} }: Options) {
  const clock = manualClock(at)
  const test = await testContext({ clock, env: { PUBLIC_BASE_URL: PUBLIC, CALL_HOURS: 'law', ...env } })
  const { authId, authToken } = test.config.devCarrier.keys
  const { twilio } = test.config.voice
  let port = 0
  const carrier = createCarrierSimulator({
    file: ':memory:',
    production: false,
    accounts: { plivo: { authId, authToken }, ...(twilio.accountSid && { twilio }) },
    now: () => clock.now().getTime(),
    inboundUrl: `${PUBLIC}/api/sms/{carrier}/inbound`,
    reach: (url) => url.replace(PUBLIC, `http://127.0.0.1:${port}`),
  })
  const wire = await listen(carrier)
  const { voice, sms, devCarrier } = test.config
  const ctx = {
    ...test,
    queues: NO_QUEUES,
    voice: openVoice({ voice: { ...voice, baseUrl: wire.baseUrl }, devCarrier }),
    sms: openSms({ sms: { ...sms, baseUrl: wire.baseUrl }, devCarrier }, async () => ({ id: '' })),
  } satisfies Ctx & { queues: Queues }
  const app = await build(ctx)
  await app.listen({ host: '127.0.0.1', port: 0 })
  port = (app.server.address() as { port: number }).port

  /** Takes every step that is due, in the order of the line. @returns how many */
  async function takeDue(): Promise<number> {
    const due = await ctx.db.alertAttempt.findMany({
      where: { state: 'PLANNED', mergedIntoId: null, dueAt: { lte: clock.now() } },
      orderBy: [{ dueAt: 'asc' }, { position: 'asc' }, { id: 'asc' }],
      select: { id: true, channel: true },
    })
    for (const { id, channel } of due) await (channel === 'call' ? placeCall : sendMessage)(ctx, { attemptId: id })
    return due.length
  }
  const nextStep = async () =>
    (
      await ctx.db.alertAttempt.findFirst({
        where: { state: 'PLANNED', mergedIntoId: null },
        orderBy: { dueAt: 'asc' },
        select: { dueAt: true },
      })
    )?.dueAt.getTime()

  return {
    ctx: ctx as typeof ctx & Pick<TestContext, 'mail'>,
    app,
    carrier,
    clock,
    fanOut: (openingId: string) => fanOutOpening(ctx, { openingId }),
    takeDue,
    /** Lets the steps and the carrier do all that happens within so much time, moving the clock. */
    async run(forMs = 30 * 60_000) {
      const until = clock.now().getTime() + forMs
      for (;;) {
        await takeDue()
        await carrier.runDue()
        const next = Math.min(
          (await nextStep()) ?? Number.POSITIVE_INFINITY,
          carrier.nextDueAt() ?? Number.POSITIVE_INFINITY,
        )
        if (next > until) break
        clock.set(new Date(Math.max(next, clock.now().getTime())))
      }
      clock.set(new Date(until))
    },
    async close() {
      await app.close()
      wire.close()
      await carrier.stop()
      await Promise.all([ctx.voice.close(), ctx.sms.close()])
      await test.close()
    },
  }
}
export type Telephone = Awaited<ReturnType<typeof openTelephone>>

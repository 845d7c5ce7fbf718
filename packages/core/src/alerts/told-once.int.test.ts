import type { AlertChannel, AlertFilters } from '@marquee/contracts/alerts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { manualClock } from '../clock.ts'
import type { Actor } from '../context.ts'
import type { City, Movie } from '../generated/prisma/client.ts'
import type { Queues } from '../jobs/queues.ts'
import { tellWatch } from '../listings/tell-watch.ts'
import { alertForm } from '../testing/alert-form.ts'
import { makeCity, makeMovie, makeScreen, makeShowtime, makeTheatre } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { answerAlert } from './answer-alert.ts'
import { createAlert } from './create-alert.ts'
import { fanOutOpening } from './delivery/fan-out-opening.ts'
import { sendMessage } from './delivery/send-message.ts'
import { getAlert } from './get-alert.ts'
import { pauseAlert } from './pause-alert.ts'
import { postponeAlert } from './postpone-alert.ts'
import { rearmAlert } from './rearm-alert.ts'

// From the form to the message, on our own catalogue: the parts as they are, nothing in their place.

const clock = manualClock('2026-11-21T10:00:00Z')
let ctx: TestContext
let city: City
let movie: Movie
beforeAll(async () => {
  ctx = await testContext({ clock })
})
afterAll(() => ctx.close())
beforeEach(async () => {
  clock.advance(60_000)
  city = await makeCity(ctx)
  movie = await makeMovie(ctx, { releaseDate: new Date('2026-12-18') })
})

/** Their jobs are run here, by hand. */
const NO_QUEUES = { ready: false } as Queues
const ANYBODY: Actor = { kind: 'anonymous' }
let counter = 0
async function waits(given: { filters?: Partial<AlertFilters>; channels?: AlertChannel[] } = {}) {
  const phone = `+9160${String(++counter).padStart(8, '0')}`
  const { filters, channels = ['sms'] } = given
  const form = await alertForm(ctx, { city: city.slug, film: `movie:${movie.id}`, phone, channels })
  const body = { ...form, filters: { ...form.filters, ...filters } }
  const { alert, token } = await createAlert(ctx, { asker: { actor: ANYBODY }, body, network: '198.18.0.1' })
  return { alertId: alert.id, phone, asker: { actor: ANYBODY, token: token ?? '' } }
}
const view = (one: Awaited<ReturnType<typeof waits>>) => getAlert(ctx, one)
const show = async (startsIn = 3 * 24 * 60) => {
  const theatre = await makeTheatre(ctx, { cityId: city.id })
  return makeShowtime(ctx, { movieId: movie.id, screen: await makeScreen(ctx, { theatreId: theatre.id }), startsIn })
}
/** What a worker does after a change of the programme, twice over: jobs come twice. */
async function work() {
  const { id: watchId } = await ctx.db.watch.findFirstOrThrow({ where: { cityId: city.id } })
  for (let again = 0; again < 2; again++) {
    clock.advance(1_000)
    await tellWatch(ctx, { watchId })
    const openings = await ctx.db.opening.findMany({ where: { watchId } })
    for (const { id } of openings) await fanOutOpening({ ...ctx, queues: NO_QUEUES }, { openingId: id })
    const attempts = await ctx.db.alertAttempt.findMany({ where: { channel: 'sms', alert: { opening: { watchId } } } })
    for (const { id } of attempts) await sendMessage(ctx, { attemptId: id })
  }
}
const texts = ({ phone }: { phone: string }) => ctx.sms.sent.filter(({ to }) => to === phone).map(({ text }) => text)

test('who waits is told once, with proof, and waits no more until they say so', async () => {
  const mine = await waits()
  const paused = await waits()
  await pauseAlert(ctx, paused)
  const later = await waits({ filters: { dateFrom: '2027-01-01' } })
  await work()
  expect(texts(mine)).toEqual([])
  const first = await show()
  await work()
  expect(texts(mine)).toEqual([expect.stringContaining(`booking is open for ${movie.title}`)])
  const seen = await view(mine)
  expect(seen).toMatchObject({
    state: 'NOTIFIED',
    onSaleAt: [{ name: 'Marquee', url: expect.stringContaining(first.id) }],
    alerts: [
      {
        kind: 'OPENING',
        state: 'EXHAUSTED',
        evidence: [{ rule: 'catalogue.showtime', strength: 'strong' }],
        attempts: [{ channel: 'sms', state: 'ACCEPTED' }],
      },
    ],
  })
  // More of the same opening is no second one.
  await show(4 * 24 * 60)
  await work()
  expect(texts(mine)).toHaveLength(1)
  expect([texts(paused), texts(later)]).toEqual([[], []])
  expect((await view(later)).state).toBe('ACTIVE')

  expect((await postponeAlert(ctx, { ...mine, minutes: 30 })).alerts).toMatchObject([{ state: 'SNOOZED' }])
  expect((await answerAlert(ctx, mine)).alerts).toMatchObject([{ state: 'ACKNOWLEDGED', acknowledgedBy: 'link' }])

  // What is on sale is no news to whoever watches again; what opens after it is.
  expect((await rearmAlert(ctx, mine)).state).toBe('ACTIVE')
  await work()
  expect(texts(mine)).toHaveLength(1)
  await ctx.db.showtime.updateMany({ where: { movieId: movie.id }, data: { status: 'CANCELLED' } })
  for (let looks = 0; looks < 2; looks++) {
    clock.advance(31 * 60_000)
    await work()
  }
  await show(10 * 24 * 60)
  await work()
  expect(texts(mine)).toHaveLength(2)
  expect((await view(mine)).alerts).toHaveLength(2)
})

test('what was on sale already is never told, though more of it comes', async () => {
  await show()
  const mine = await waits()
  expect((await view(mine)).state).toBe('ALREADY_OPEN')
  await show(5 * 24 * 60)
  await work()
  expect(texts(mine)).toEqual([])
  expect((await view(mine)).alerts).toEqual([])
})

test('the days that were asked for open later than the others: that is told', async () => {
  await show()
  const mine = await waits({ filters: { dateFrom: '2026-12-01' } })
  await work()
  expect([(await view(mine)).state, texts(mine)]).toEqual(['ACTIVE', []])
  const wanted = await show(12 * 24 * 60)
  await work()
  expect(texts(mine)).toHaveLength(1)
  expect((await view(mine)).alerts[0]?.firstShowing.url).toContain(wanted.id)
})

test('published by mistake and withdrawn before the message went out: nobody is told, and the real opening is news', async () => {
  const mine = await waits()
  await work()
  const mistake = await show()
  const { id: watchId } = await ctx.db.watch.findFirstOrThrow({ where: { cityId: city.id } })
  clock.advance(1_000)
  await tellWatch(ctx, { watchId })
  const opening = await ctx.db.opening.findFirstOrThrow({ where: { watchId } })
  await fanOutOpening({ ...ctx, queues: NO_QUEUES }, { openingId: opening.id })
  await ctx.db.showtime.update({ where: { id: mistake.id }, data: { status: 'CANCELLED' } })
  clock.advance(60_000)
  await work()
  expect([texts(mine), (await view(mine)).state]).toEqual([[], 'ACTIVE'])
  await show()
  await work()
  expect(texts(mine)).toHaveLength(1)
})

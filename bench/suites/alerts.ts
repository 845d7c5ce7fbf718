import { setTimeout as sleep } from 'node:timers/promises'
import { createHalls, warmHalls } from '../data.ts'
import { interleave, median, medianRatio, percentile } from '../rounds.ts'
import type { Placed } from '../servers/carrier.ts'
import type { Suite } from '../suite.ts'
import { perSecond } from '../table.ts'
import { createOpening, createPeople, placeOf, tellByOneStatement } from '../waiting.ts'

const PEOPLE = 10_000
/** As a carrier allows a large account. */
const CALLS_PER_SECOND = 10
const ASK_EVERY_MS = 25

/** Goal 14: ten thousand people wait for one film. How quickly they have a place in line, and how the line moves. */
export const alerts: Suite = {
  goals: [14],
  async run(lab, { rounds, quick, note }) {
    const { ctx } = lab
    const contactIds = await createPeople(ctx, PEOPLE)
    const driver = await lab.start('drivers/fan-out.ts')
    const opening = () => createOpening(ctx, contactIds)
    await driver.ask('tell', await opening())
    const told = await interleave(rounds, {
      ours: async () => driver.ask<number>('tell', await opening()),
      sql: async () => tellByOneStatement(ctx, await opening(), PEOPLE),
    })
    // What was told so far is not to be called as well.
    await ctx.pool.query(`UPDATE alert_attempts SET state = 'SKIPPED'`)

    const [hall] = await createHalls(ctx, 1)
    await warmHalls(ctx, [hall!.showtimeId], { seatCount: hall!.seatIds.length })
    const api = await lab.startApi()
    const seatMap = `http://127.0.0.1:${api.port}/api/showtimes/${hall!.showtimeId}/seat-map`
    const carrier = await lab.start('servers/carrier.ts')
    const worker = await lab.startWorker({
      VOICE_BASE_URL: `http://127.0.0.1:${await carrier.ask<number>('port')}`,
      VOICE_CALLS_PER_SECOND: String(CALLS_PER_SECOND),
    })
    const ms = quick ? 8_000 : 30_000
    await latencies(seatMap, 1_000)
    const quiet = percentile(await latencies(seatMap, ms / 2), 0.99)
    const before = await worker.ask<NodeJS.MemoryUsage>('memory')

    const openingId = await opening()
    await ctx.pool.query(
      `INSERT INTO outbox_events (key, topic, payload) VALUES ($1, 'opening.fan-out', jsonb_build_object('openingId', $2::text))`,
      [`bench:${openingId}`, openingId],
    )
    const began = performance.now()
    while ((await carrier.ask<Placed[]>('placed')).length === 0) {
      if (performance.now() - began > 30_000) throw new Error('nobody is called')
      await sleep(20)
    }
    const firstRing = performance.now() - began
    const meanwhile = percentile(await latencies(seatMap, ms), 0.99)
    const placed = await carrier.ask<Placed[]>('placed')
    const after = await worker.ask<NodeJS.MemoryUsage>('memory')
    const { rate, busiest, outOfLine } = judge(placed)
    note(`first call ${firstRing.toFixed(0)} ms after the commit, with ${PEOPLE} people in line`)
    const kept = (after.heapUsed + after.external - before.heapUsed - before.external) / PEOPLE / 1_024
    return [
      {
        goal: '14a',
        ours: perSecond(median(told.ours)),
        peer: perSecond(median(told.sql)),
        value: medianRatio(told.ours, told.sql),
      },
      {
        goal: '14b',
        ours: `${rate.toFixed(1)}/s`,
        peer: `${CALLS_PER_SECOND}/s`,
        value: rate / CALLS_PER_SECOND,
        // A window of the limiter may end as the next one begins.
        ...(busiest > 2 * CALLS_PER_SECOND && { failed: `${busiest} calls within one second` }),
      },
      { goal: '14c', ours: `${placed.length} calls`, value: outOfLine },
      {
        goal: '14d',
        ours: `${meanwhile.toFixed(1)} ms`,
        peer: `${quiet.toFixed(1)} ms`,
        value: meanwhile / quiet,
      },
      { goal: '14e', ours: `${PEOPLE.toLocaleString('en-GB')} people in line`, value: Math.max(0, kept) },
    ]
  },
}

/** One guest who asks again and again, not as often as possible: what others do to their waiting. In ms. */
async function latencies(url: string, forMs: number): Promise<number[]> {
  const took: number[] = []
  const until = performance.now() + forMs
  while (performance.now() < until) {
    const began = performance.now()
    await (await fetch(url)).arrayBuffer()
    took.push(performance.now() - began)
    await sleep(Math.max(0, ASK_EVERY_MS - (performance.now() - began)))
  }
  return took
}

/** How quickly calls came, the busiest second, and how far anybody was from their place in line. */
function judge(placed: Placed[]) {
  const times = placed.map(({ at }) => at)
  const span = (times.at(-1)! - times[0]!) / 1_000
  const busiest = Math.max(...times.map((at, i) => times.findLastIndex((other) => other < at + 1_000) - i + 1))
  const places = placed.map(({ to }) => placeOf(to))
  const outOfLine = Math.max(...places.map((place, i) => Math.abs(place - i)))
  // The first window is full at once: what counts is how many windows it took.
  return { rate: placed.length / Math.ceil(span), busiest, outOfLine }
}

import { holdInRedis, releaseInRedis, snapshotFromRedis } from '@marquee/core/seats/seat-holds'
import { warmHalls } from '../data.ts'
import { exponent, interleave, median, seeded } from '../rounds.ts'
import type { Suite } from '../suite.ts'

const IN_FLIGHT = 50
/** One seat in four is held by somebody else. */
const HELD_EVERY = 4
const SIZES = {
  few: { halls: 10, seats: 216 },
  many: { halls: 10_000, seats: 216 },
  large: { halls: 10, seats: 2_000 },
}

/** Goals 5 and 6a: what Redis itself spends on a hold and its release, as showtimes and halls grow. */
export const growth: Suite = {
  goals: [5, 6],
  async run({ ctx }, { rounds, ms, seed, note }) {
    const random = seeded(seed)
    const idOf = (size: keyof typeof SIZES, hall: number) => `${size}-${hall}`
    for (const [size, { halls, seats }] of Object.entries(SIZES)) {
      const holds = Array.from({ length: Math.ceil(seats / HELD_EVERY) }, (_, i) => ({
        holder: `somebody-${i}`,
        seats: [i * HELD_EVERY],
      }))
      const ids = Array.from({ length: halls }, (_, hall) => idOf(size as keyof typeof SIZES, hall))
      await warmHalls(ctx, ids, { seatCount: seats, holds })
    }

    /** Microseconds of Redis per step (a hold, its release, a map), by its own count: several holds may share a call. */
    const costOf = async (work: (worker: number) => Promise<number>) => {
      await ctx.redis.run((client) => client.config('RESETSTAT'))
      const end = performance.now() + ms
      let steps = 0
      const worker = async (_: unknown, number: number) => {
        while (performance.now() < end) {
          const made = await work(number)
          steps += made // not before the wait: fifty workers count together
        }
      }
      await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
      const stats = await ctx.redis.run((client) => client.info('commandstats'))
      const found = /cmdstat_evalsha:.*?usec=(\d+)/.exec(stats)
      if (!found) throw new Error('Redis counted no script calls')
      return Number(found[1]) / steps
    }
    const holding = (size: keyof typeof SIZES) => () =>
      costOf(async (worker) => {
        const { halls, seats } = SIZES[size]
        const showtimeId = idOf(size, Math.floor(random() * halls))
        const first = HELD_EVERY * Math.floor(random() * (seats / HELD_EVERY))
        const holder = `worker-${worker}`
        const wanted = { showtimeId, holder, seats: [first + 1, first + 2, first + 3], mostSeats: 10 }
        const outcome = await holdInRedis(ctx, wanted)
        if (outcome.kind !== 'held') return 1
        await releaseInRedis(ctx, { showtimeId, holder })
        return 2
      })
    const reading = (size: keyof typeof SIZES) => () =>
      costOf(async () => {
        await snapshotFromRedis(ctx, idOf(size, Math.floor(random() * SIZES[size].halls)))
        return 1
      })
    const got = await interleave(rounds, {
      few: holding('few'),
      many: holding('many'),
      large: holding('large'),
      readSmall: reading('few'),
      readLarge: reading('large'),
    })
    const us = (name: keyof typeof got) => `${median(got[name]).toFixed(1)} us`
    const coldRead = exponent(median(got.readSmall), median(got.readLarge), 216, 2_000)
    note(
      `opening a hall in Redis with one guest per held seat: ${us('readSmall')} and ${us('readLarge')} (exponent ${coldRead.toFixed(2)})`,
    )
    return [
      {
        goal: '5',
        ours: us('many'),
        peer: us('few'),
        value: median(got.many.map((cost, i) => exponent(got.few[i]!, cost, 10, 10_000))),
      },
      {
        goal: '6a',
        ours: us('large'),
        peer: us('few'),
        value: median(got.large.map((cost, i) => exponent(got.few[i]!, cost, 216, 2_000))),
      },
    ]
  },
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { EVENTS, type PaymentCase, type PaymentEvent, paymentCases, WORLDS } from '../testing/payment-cases.ts'
import { type Ending, endings, standings } from '../testing/payment-standing.ts'
import { type TestContext, testContext } from '../testing/services.ts'

// Every order in which the eight things that can happen to a payment can reach us, up to five of them, repeats included:
// 37,448 sequences, in six worlds. However it comes, it ends in exactly one of: one confirmed booking, one full refund,
// nothing charged; or, when the guest cancels what is confirmed, in the refund that the policy promises.
//
// Few of those sequences differ in where they lead. A booking's standing is all that is written down about it, here and
// at the gateway, down to every column, without its names and ids. The verbs decide by that and by the clock alone, so
// two sequences that reach one standing have the same future, and that future is walked once: each standing is really
// brought about in Postgres, and each of the eight events really happens to it, and then once more: a message delivered
// again, under its own id and under a new one, must change nothing, so it does not matter which ones were heard. That
// makes a graph in which every sequence is a path. That merging is sound is not taken on trust: sequences drawn by lot
// are also played straight through, each on a booking of its own, and must end where the graph says.
// PAYMENT_MATRIX=whole plays all of them so.

const LONGEST = 5
const SEQUENCES = 37_448
const WHOLE = process.env.PAYMENT_MATRIX === 'whole'
const DRAWN = 20
const BATCH = 1_000
const MESSAGES = new Set<PaymentEvent>(['return', 'authorized', 'captured', 'failed', 'order.paid', 'reconciler'])

type Standing = { reachedBy: PaymentEvent[]; next: Map<PaymentEvent, string>; ending: Ending | { fault: string } }

describe.each(WORLDS)('money is $truth, seats let go $seats', (world) => {
  let ctx: TestContext
  beforeAll(async () => {
    ctx = await testContext({ env: { SEAT_LOCK_TTL_MS: '900000', HOLD_MAX_MS: '3600000' } })
  })
  afterAll(() => ctx.close())

  test('every sequence ends well', { timeout: WHOLE ? 3_600_000 : 300_000 }, async () => {
    const cases = paymentCases(ctx, world)
    const graph = new Map<string, Standing>()

    /** Bookings that have all been through this sequence. */
    const play = async (sequences: PaymentEvent[][]) => {
      const opened = await cases.open(sequences.length)
      for (let i = 0; i < LONGEST; i++)
        await cases.happen(
          sequences.flatMap((sequence, n) => {
            const [on, event] = [opened[n], sequence[i]]
            return on && event ? [{ on, event }] : []
          }),
        )
      return opened
    }
    const end = async (on: PaymentCase[]) => {
      await cases.settleDown(on)
      const settled = await standings(ctx, on)
      // Nothing is left to happen: doing it all over again changes nothing.
      await cases.settleDown(on)
      expect(await standings(ctx, on)).toEqual(settled)
      return endings(ctx, on)
    }

    /** Adds standings not met before, each with how it ends. */
    const add = async (found: Map<string, PaymentEvent[]>) => {
      const names = [...found.keys()].filter((name) => !graph.has(name))
      const paths = names.map((name) => found.get(name) ?? [])
      const played = await play(paths)
      expect(await standings(ctx, played)).toEqual(names)
      const ended = await end(played)
      for (const [n, name] of names.entries())
        graph.set(name, { reachedBy: paths[n] ?? [], next: new Map(), ending: ended[n] ?? { fault: 'no ending' } })
      return names
    }

    const [root = ''] = await standings(ctx, await play([[]]))
    for (let met = await add(new Map([[root, []]])), length = 1; length <= LONGEST; length++) {
      const steps = met.flatMap((from) => EVENTS.map((event) => ({ from, event })))
      const paths = steps.map(({ from, event }) => [...(graph.get(from)?.reachedBy ?? []), event])
      const played = await play(paths)
      const reached = await standings(ctx, played)
      await cases.happen(
        steps.flatMap(({ event }, n) => (played[n] && MESSAGES.has(event) ? [{ on: played[n], event }] : [])),
      )
      expect(await standings(ctx, played)).toEqual(reached)
      for (const [n, { from, event }] of steps.entries()) graph.get(from)?.next.set(event, reached[n] ?? '')
      met = await add(new Map(reached.map((name, n) => [name, paths[n] ?? []])))
    }

    const { counts, faults } = walk(graph, root)
    console.info(`${world.truth}, ${world.seats}: ${graph.size} standings`, counts)
    expect(faults).toEqual([])
    expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(SEQUENCES)

    const straight = WHOLE ? [...everySequence()] : draw(DRAWN, world.truth + world.seats)
    for (let from = 0; from < straight.length; from += BATCH) {
      const batch = straight.slice(from, from + BATCH)
      const played = await play(batch)
      const expected = batch.map((sequence) =>
        sequence.reduce((at, event) => graph.get(at)?.next.get(event) ?? '', root),
      )
      expect(await standings(ctx, played)).toEqual(expected)
      expect(await end(played)).toEqual(expected.map((name) => graph.get(name)?.ending))
    }
    expect((await checkInvariants(ctx)).violations).toEqual([])
  })
})

/** How many sequences end how. A path of the graph is a sequence; they are counted by where they are, not one by one. */
function walk(graph: Map<string, Standing>, root: string) {
  const counts: Record<string, number> = {}
  const faults: string[] = []
  let at = new Map([[root, 1]])
  for (let length = 1; length <= LONGEST; length++) {
    const then = new Map<string, number>()
    for (const [name, paths] of at)
      for (const to of graph.get(name)?.next.values() ?? []) then.set(to, (then.get(to) ?? 0) + paths)
    for (const [name, paths] of then) {
      const standing = graph.get(name)
      if (typeof standing?.ending === 'string') counts[standing.ending] = (counts[standing.ending] ?? 0) + paths
      else faults.push(`${standing?.reachedBy.join(' → ')}: ${standing?.ending.fault}`)
    }
    at = then
  }
  return { counts, faults: [...new Set(faults)] }
}

function* everySequence(before: PaymentEvent[] = []): Generator<PaymentEvent[]> {
  if (before.length > 0) yield before
  if (before.length < LONGEST) for (const event of EVENTS) yield* everySequence([...before, event])
}

/** The same ones every time, so a failure can be looked at again. */
function draw(count: number, seed: string): PaymentEvent[][] {
  let state = [...seed].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7)
  const below = (n: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
  return Array.from({ length: count }, () =>
    Array.from({ length: LONGEST }, () => EVENTS[below(EVENTS.length)] ?? 'return'),
  )
}

import { createHalls, hall2000, warmHalls } from '../data.ts'
import { exponent, interleave, median, medianRatio, seeded } from '../rounds.ts'
import { openLoad, type Suite, startPeer } from '../suite.ts'
import { perSecond } from '../table.ts'

const IN_FLIGHT = 50
/** A hall on its opening day: two in five sold, one in twenty held by somebody who is choosing. */
const SOLD_SHARE = 0.4
const HELD_SHARE = 0.05

/** Goals 12 and 6b: the seat map as a guest's browser fetches it. */
export const seatMap: Suite = {
  goals: [6, 12],
  async run(lab, { rounds, ms, seed }) {
    const { ctx } = lab
    const random = seeded(seed)
    const [small] = await createHalls(ctx, 1)
    const [large] = await createHalls(ctx, 1, hall2000())
    for (const hall of [small!, large!]) {
      const states = hall.seatIds.map(() => random())
      const sold = states.flatMap((state, seat) => (state < SOLD_SHARE ? [seat] : []))
      const held = states.flatMap((state, seat) => (state >= 1 - HELD_SHARE ? [seat] : []))
      const holds = held.map((seat, i) => ({ holder: `somebody-${i}`, seats: [seat] }))
      await warmHalls(ctx, [hall.showtimeId], { seatCount: hall.seatIds.length, sold, holds })
    }
    const load = await openLoad(lab)
    const hello = await startPeer(lab, 'hello')
    const api = await lab.startApi()
    const pathOf = (hall: typeof small) => `/api/showtimes/${hall!.showtimeId}/seat-map`
    const first = await fetch(`http://127.0.0.1:${api.port}${pathOf(small)}`)
    const etag = first.headers.get('etag') ?? ''
    await load.prepare('hello', [{ method: 'GET', path: '/' }])
    await load.prepare('small', [{ method: 'GET', path: pathOf(small) }])
    await load.prepare('large', [{ method: 'GET', path: pathOf(large) }])
    await load.prepare('unchanged', [{ method: 'GET', path: pathOf(small), headers: { 'if-none-match': etag } }])
    const fetched =
      (list: string, port = api.port) =>
      async () =>
        (await load.run(port, list, IN_FLIGHT, ms)).perSecond
    for (const list of ['small', 'large', 'unchanged']) await fetched(list)()
    const got = await interleave(rounds, {
      hello: fetched('hello', hello.port),
      small: fetched('small'),
      large: fetched('large'),
      unchanged: fetched('unchanged'),
    })
    const of = (name: keyof typeof got) => perSecond(median(got[name]))
    const peer = of('hello')
    return [
      {
        goal: '6b',
        ours: of('large'),
        peer: of('small'),
        value: median(got.small.map((small, i) => exponent(1 / small, 1 / got.large[i]!, 216, 2_000))),
      },
      { goal: '12a', ours: of('small'), peer, value: medianRatio(got.small, got.hello) },
      { goal: '12b', ours: of('large'), peer, value: medianRatio(got.large, got.hello) },
      { goal: '12c', ours: of('unchanged'), peer, value: medianRatio(got.unchanged, got.hello) },
    ]
  },
}

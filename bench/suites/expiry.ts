import { setTimeout as sleep } from 'node:timers/promises'
import { createHalls, type Hall } from '../data.ts'
import { median, percentile } from '../rounds.ts'
import type { Suite } from '../suite.ts'

const HALLS = 10
const TTL_MS = 1_000
const GUESTS_PER_HALL = 20

type Message = { type: string; seats?: (string | { seat_id: string; status: string })[]; snapshot?: { map: string } }

/** Goal 13: how long after its end a hold still keeps a seat from the next buyer, and how long screens still show it. */
export const expiry: Suite = {
  goals: [13],
  async run(lab, { note }) {
    const halls = await createHalls(lab.ctx, HALLS)
    const api = await lab.startApi({ SEAT_LOCK_TTL_MS: String(TTL_MS) })
    const base = `http://127.0.0.1:${api.port}`
    const hold = async (hall: Hall, seatIds: string[]) => {
      const response = await fetch(`${base}/api/showtimes/${hall.showtimeId}/holds`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ seatIds }),
      })
      return { status: response.status, ...((await response.json()) as { expiresAt?: string }) }
    }

    // For the screens: one viewer a hall, who notes when each seat is shown as free.
    const freedAt = new Map<string, number>()
    const sockets = await Promise.all(halls.map((hall) => watch(base, hall, freedAt)))
    const endOf = new Map<string, number>()
    await Promise.all(
      halls.flatMap((hall) =>
        Array.from({ length: GUESTS_PER_HALL }, async (_, guest) => {
          // Spread over a sweep and more, so that ends fall anywhere between two sweeps.
          await sleep(guest * 37)
          const seatId = hall.seatIds[guest]!
          const { expiresAt } = await hold(hall, [seatId])
          endOf.set(`${hall.showtimeId} ${seatId}`, Date.parse(expiresAt ?? ''))
        }),
      ),
    )
    await sleep(TTL_MS + 2_500)
    const late = [...endOf].map(([seat, end]) => (freedAt.get(seat) ?? Number.POSITIVE_INFINITY) - end)
    for (const socket of sockets) socket.close()

    // For the next buyer: asks first a moment before the end, then right after it.
    const delays: number[] = []
    let early = 0
    await Promise.all(
      halls.map(async (hall, i) => {
        await sleep(i * 23)
        const seatIds = hall.seatIds.slice(100, 102)
        const first = await hold(hall, seatIds)
        const end = Date.parse(first.expiresAt ?? '')
        await sleep(end - Date.now() - 80)
        if ((await hold(hall, seatIds)).status === 200 && Date.now() < end) early++
        while (Date.now() <= end) await sleep(1)
        // The clock is read in whole milliseconds: the first request after the end must succeed.
        for (let attempt = 0; attempt < 1_000; attempt++) {
          const began = Date.now()
          if ((await hold(hall, seatIds)).status !== 200) continue
          delays.push(attempt === 0 ? 0 : began - end)
          return
        }
        delays.push(Number.POSITIVE_INFINITY)
      }),
    )
    note(`shown as free after ${median(late).toFixed(0)} ms in the middle; ${late.length} seats in ${HALLS} halls`)
    const worst = Math.max(...delays)
    return [
      {
        goal: '13a',
        ours: `${worst} ms at worst of ${delays.length}`,
        value: worst,
        ...(early > 0 && { failed: `${early} holds taken before their end` }),
      },
      { goal: '13b', ours: `p50 ${median(late).toFixed(0)} ms`, value: percentile(late, 0.99) },
    ]
  },
}

async function watch(base: string, hall: Hall, freedAt: Map<string, number>): Promise<WebSocket> {
  const socket = new WebSocket(`${base.replace('http', 'ws')}/api/showtimes/${hall.showtimeId}/seats/ws`)
  const held = new Set<string>()
  const note = (seatId: string, isHeld: boolean) => {
    const seat = `${hall.showtimeId} ${seatId}`
    if (isHeld) held.add(seat)
    else if (held.delete(seat)) freedAt.set(seat, Date.now())
  }
  socket.addEventListener('message', (event: MessageEvent<string>) => {
    const message = JSON.parse(event.data) as Message
    if (message.snapshot)
      for (const [seat, mark] of [...message.snapshot.map].entries()) note(hall.seatIds[seat]!, mark === '1')
    for (const seat of message.seats ?? []) {
      if (typeof seat === 'string') note(seat, message.type === 'seat_locked')
      else note(seat.seat_id, seat.status === 'held')
    }
  })
  await new Promise((resolve, reject) => {
    socket.addEventListener('message', resolve, { once: true })
    socket.addEventListener('error', () => reject(new Error('the viewer could not join')), { once: true })
  })
  return socket
}

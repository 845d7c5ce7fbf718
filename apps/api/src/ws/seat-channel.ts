import { Id } from '@marquee/contracts/common'
import { SeatSocketRequest } from '@marquee/contracts/seats'
import { showtimeSeating } from '@marquee/core/seats/showtime-seating'
import { z } from 'zod'
import type { Routes } from '../routes/routes.ts'
import type { SeatHub } from './seat-hub.ts'
import { SeatHubs } from './seat-hubs.ts'
import { textFrame } from './text-frame.ts'

/** A viewer says ping every 25 s; one that is silent this long is gone without a word. */
const SILENT_MS = 75_000
const MAX_MESSAGES = 30
const MESSAGE_WINDOW_MS = 10_000
/** Sockets one address may keep open on one process; a cinema's own network shares one. */
const MAX_SOCKETS_PER_ADDRESS = 200
/** 1008, policy violation; 1011, internal error; 4404, ours: there is no such showtime (RFC 6455, 7.4). */
const CLOSE = { policy: 1008, failed: 1011, notFound: 4404 } as const

/** WS /api/showtimes/:id/seats/ws: the hall, then every change of it. Read-only; anybody may look. */
export const seatChannel: Routes = async (app, { ctx }) => {
  const hubs = new SeatHubs(async (showtimeId) => {
    const [seating, open] = await Promise.all([showtimeSeating(ctx, showtimeId), app.seatFeed.open(showtimeId)])
    return { open, seatId: (index) => seating.seats[index]?.seatId ?? String(index) }
  })
  const socketsOf = new Map<string, number>()
  app.addHook('onClose', async () => hubs.close())

  app.get(
    '/:id/seats/ws',
    { config: { access: 'public' }, websocket: true, schema: { hide: true, params: z.object({ id: Id }) } },
    async (socket, request) => {
      const { id: showtimeId } = request.params
      const raw = request.raw.socket
      const { ip } = request
      const origin = request.headers.origin
      const open = socketsOf.get(ip) ?? 0
      if (
        (origin && !ctx.config.http.origins.includes(origin)) ||
        open >= MAX_SOCKETS_PER_ADDRESS * ctx.config.http.rateLimitScale
      ) {
        return socket.close(CLOSE.policy)
      }
      socketsOf.set(ip, open + 1)

      let hub: SeatHub | undefined
      let heard = Date.now()
      let messages = 0
      let windowEnds = 0
      const silence = setInterval(() => {
        if (Date.now() - heard > SILENT_MS) socket.terminate()
      }, SILENT_MS / 3)
      silence.unref()
      // Attached before anything is awaited, or an early message would be lost.
      socket.on('message', (data: Buffer) => {
        heard = Date.now()
        if (heard > windowEnds) {
          windowEnds = heard + MESSAGE_WINDOW_MS
          messages = 0
        }
        const said = ++messages > MAX_MESSAGES ? null : parseRequest(data)
        if (!said) return socket.close(CLOSE.policy)
        if (said.type === 'ping') raw.write(textFrame(JSON.stringify({ type: 'pong', timestamp: heard })))
        if (said.type === 'resync') hub?.resend(raw)
      })
      socket.on('error', () => socket.terminate())
      let gone = false
      socket.on('close', () => {
        gone = true
        clearInterval(silence)
        const left = (socketsOf.get(ip) ?? 1) - 1
        if (left > 0) socketsOf.set(ip, left)
        else socketsOf.delete(ip)
        if (hub) hubs.leave(showtimeId, hub, raw)
      })
      try {
        hub = (await hubs.enter(showtimeId, raw, () => gone)) ?? undefined
      } catch (error) {
        request.log.debug({ err: error }, 'seat channel not opened')
        socket.close(
          error instanceof Error && 'code' in error && error.code === 'NOT_FOUND' ? CLOSE.notFound : CLOSE.failed,
        )
      }
    },
  )
}

function parseRequest(data: Buffer): SeatSocketRequest | null {
  try {
    return SeatSocketRequest.safeParse(JSON.parse(data.toString())).data ?? null
  } catch {
    return null
  }
}

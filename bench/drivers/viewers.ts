// A cinema full of people looking at one seat map: thousands of sockets in one process, and the hand that changes it.
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '@marquee/core/config'
import { type Ctx, createContext } from '@marquee/core/context'
import { holdInRedis, releaseInRedis } from '@marquee/core/seats/seat-holds'
import { openGateway, openMail, openSms, openVoice } from '@marquee/providers/open-vendors'
import { answer } from '../answer.ts'
import { percentile } from '../rounds.ts'
import { frameReader } from './frames.ts'
import { RAW_CHANNEL } from './raw-channel.ts'

export type Audience = 'api' | 'raw'
export type BurstResult = { p50: number; p99: number; frames: number; missed: number }

const config = readConfig(process.env)
const ctx: Ctx = createContext(config, () => ({
  gateway: openGateway(config),
  mail: openMail(config, async () => ({ id: '' })),
  sms: openSms(config, async () => ({ id: '' })),
  voice: openVoice(config),
}))
const audiences: Record<Audience, Socket[]> = { api: [], raw: [] }
const DEADLINE_MS = 20_000
/** What each arriving message does; changed by the measurement that runs. */
let onMessage: (audience: Audience, socket: number, head: string) => void = () => {}

answer({
  /** Opens sockets until `count` are there and told what they see. @returns how long it took in ms */
  async join({ audience, port, path, count }: { audience: Audience; port: number; path: string; count: number }) {
    const began = performance.now()
    const sockets = audiences[audience]
    while (sockets.length < count) {
      const some = Math.min(100, count - sockets.length)
      const first = sockets.length
      sockets.push(
        ...(await Promise.all(Array.from({ length: some }, (_, i) => join(audience, first + i, port, path)))),
      )
    }
    return performance.now() - began
  },
  async leave({ audience }: { audience: Audience }) {
    for (const socket of audiences[audience]) socket.destroy()
    audiences[audience] = []
    await sleep(300)
  },
  wave: (options: { audience: Audience; showtimeId: string }) => wave(options),
  burst: (options: { showtimeId: string; perSecond: number; ms: number }) => burst(options),
})

function join(audience: Audience, index: number, port: number, path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let upgraded = false
    const read = frameReader((head) => {
      onMessage(audience, index, head)
      resolve(socket)
    })
    socket.on('connect', () => {
      const key = randomBytes(16).toString('base64')
      socket.write(
        `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-key: ${key}\r\nsec-websocket-version: 13\r\n\r\n`,
      )
    })
    socket.on('data', (chunk: Buffer) => {
      if (upgraded) return read(chunk)
      const end = chunk.indexOf('\r\n\r\n')
      if (end < 0 || chunk.toString('latin1', 9, 12) !== '101')
        return reject(new Error(`not upgraded: ${chunk.toString('latin1', 0, 200)}`))
      upgraded = true
      if (audience === 'raw') resolve(socket)
      if (chunk.length > end + 4) read(chunk.subarray(end + 4))
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('closed before it was told anything')))
  })
}

const waves: Record<Audience, number> = { api: 0, raw: 0 }

/** One change. @returns ms from the change until the last viewer has it */
async function wave({ audience, showtimeId }: { audience: Audience; showtimeId: string }): Promise<number> {
  const number = waves[audience]++
  const text = `{"type":"seat_locked","showtime_id":"${showtimeId}","epoch":"bench","from":${number},"seq":${number},"timestamp":${Date.now()},"seats":["A1","A2"],"until":${Date.now()}}`
  let missing = audiences[audience].length
  let last = 0
  const all = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${missing} viewers were not told`)), DEADLINE_MS)
    onMessage = (who, _socket, head) => {
      if (who !== audience || !head.startsWith('{"type":"seat_')) return
      last = performance.now()
      if (--missing > 0) return
      clearTimeout(timer)
      resolve()
    }
  })
  const began = performance.now()
  if (audience === 'raw') await ctx.redis.run((client) => client.publish(RAW_CHANNEL, text))
  else {
    const seats = [(2 * number) % 216, (2 * number + 1) % 216]
    const { kind } = await holdInRedis(ctx, { showtimeId, holder: `wave-${number}`, seats, mostSeats: 10 })
    if (kind !== 'held') throw new Error(`the change of wave ${number} was refused: ${kind}`)
  }
  await all
  return last - began
}

/** Holds and releases at a steady rate. @returns how old the oldest change of a message was when it arrived, over all viewers */
async function burst({
  showtimeId,
  perSecond,
  ms,
}: {
  showtimeId: string
  perSecond: number
  ms: number
}): Promise<BurstResult> {
  const hall = { showtimeId, holder: 'probe' }
  const sockets = audiences.api.length
  const seen = new Float64Array(sockets)
  const sentAt: number[] = []
  const late: number[] = []
  let frames = 0
  let base = -1
  onMessage = (who, socket, head) => {
    const at = who === 'api' && !head.startsWith('{"type":"digest"') ? head.indexOf('"seq":') : -1
    if (at < 0) return
    const seq = Number.parseInt(head.slice(at + 6, at + 18), 10)
    if (base < 0) base = seq
    const oldest = sentAt[Math.max(0, seen[socket]!)]
    if (oldest !== undefined && seq > base) {
      late.push(performance.now() - oldest)
      frames++
    }
    seen[socket] = Math.max(0, seq - base)
  }
  // One change that everybody sees tells where the sequence stands.
  await holdInRedis(ctx, { ...hall, seats: [215], mostSeats: 10 })
  await until(() => base >= 0, 2_000)
  await sleep(500)
  const began = performance.now()
  const total = Math.round((perSecond * ms) / 1_000)
  const pending: Promise<unknown>[] = []
  // Fifty guests hold two seats each at any time; every change is one step of the sequence.
  for (let i = 0; i < total; ) {
    for (; i < total && performance.now() - began >= (i * 1_000) / perSecond; i++) {
      const guest = i >> 1
      sentAt.push(performance.now())
      const seats = [(2 * guest) % 214, ((2 * guest) % 214) + 1]
      if (i % 2 === 0) pending.push(holdInRedis(ctx, { showtimeId, holder: `guest-${guest}`, seats, mostSeats: 10 }))
      else
        pending.push(
          guest < 50
            ? holdInRedis(ctx, { ...hall, seats: [215], mostSeats: 10 })
            : releaseInRedis(ctx, { showtimeId, holder: `guest-${guest - 50}` }),
        )
    }
    await sleep(2)
  }
  await Promise.all(pending)
  await until(() => seen.every((seq) => seq >= total), DEADLINE_MS)
  onMessage = () => {}
  const missed = seen.reduce((sum, seq) => sum + (seq >= total ? 0 : 1), 0)
  return { p50: percentile(late, 0.5), p99: percentile(late, 0.99), frames, missed }
}

async function until(condition: () => boolean, ms: number) {
  const end = performance.now() + ms
  while (!condition() && performance.now() < end) await sleep(5)
}

// Sends HTTP requests over kept connections and reads no more of the answers than it must: what the generator spends,
// the server under test does not get, and both share the machine.
import { connect, type Socket } from 'node:net'
import { answer } from '../answer.ts'
import { percentile } from '../rounds.ts'

export type Request = { method: string; path: string; headers?: Record<string, string>; body?: string }
/** `once`: every request a single time, and no longer than `ms`. Otherwise the list goes round until `ms` have passed. */
export type LoadOptions = { port: number; list: string; connections: number; ms: number; once?: boolean }
export type LoadResult = {
  /** Good answers (2xx and 304) a second. */
  perSecond: number
  good: number
  bad: number
  /** Answers by status; 0 is a connection that broke. */
  statuses: Record<number, number>
  /** Of the good answers, in ms. */
  p50: number
  p99: number
}
export type RaceResult = { statuses: Record<number, number>; ms: number }

const lists = new Map<string, Buffer[]>()
const HEAD_END = Buffer.from('\r\n\r\n')
const MAX_SAMPLES = 2_000_000

answer({
  prepare({ list, requests }: { list: string; requests: Request[] }) {
    lists.set(list, requests.map(encode))
  },
  run: (options: LoadOptions) => run(options),
  race: (options: { port: number; list: string }) => race(options),
})

function encode({ method, path, headers = {}, body }: Request): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, 'host: 127.0.0.1']
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`)
  if (body !== undefined) lines.push('content-type: application/json', `content-length: ${Buffer.byteLength(body)}`)
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body ?? ''}`)
}

/** Calls `onAnswer` with the status once per whole answer; answers here always carry their length, or have no body. */
function reader(onAnswer: (status: number) => void) {
  let rest: Buffer | null = null
  let missing = 0
  let status = 0
  return (chunk: Buffer) => {
    let data = rest ? Buffer.concat([rest, chunk]) : chunk
    rest = null
    while (data.length > 0) {
      if (missing > 0) {
        const part = Math.min(missing, data.length)
        missing -= part
        data = data.subarray(part)
      } else {
        const end = data.indexOf(HEAD_END)
        if (end < 0) {
          rest = data
          return
        }
        status = Number(data.toString('latin1', 9, 12))
        missing = status === 304 || status === 204 ? 0 : contentLength(data.toString('latin1', 0, end))
        data = data.subarray(end + 4)
      }
      if (missing === 0) onAnswer(status)
    }
  }
}

function contentLength(head: string): number {
  const at = head.search(/content-length: /i)
  if (at < 0) throw new Error(`an answer without a length: ${head.slice(0, 300)}`)
  return Number.parseInt(head.slice(at + 16, at + 26), 10)
}

const opened = (port: number) =>
  new Promise<Socket>((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })

async function openMany(port: number, count: number): Promise<Socket[]> {
  const sockets: Socket[] = []
  while (sockets.length < count) {
    const some = Math.min(200, count - sockets.length)
    sockets.push(...(await Promise.all(Array.from({ length: some }, () => opened(port)))))
  }
  return sockets
}

async function run({ port, list, connections, ms, once = false }: LoadOptions): Promise<LoadResult> {
  const requests = lists.get(list)
  if (!requests) throw new Error(`no list ${list}`)
  const statuses: Record<number, number> = {}
  const samples = new Float64Array(MAX_SAMPLES)
  let taken = 0
  let next = 0
  let good = 0
  let bad = 0
  const sockets = await openMany(port, connections)
  const began = performance.now()
  const end = began + ms
  let last = began
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve) => {
          let sent = 0
          const send = () => {
            sent = performance.now()
            if (sent >= end || (once && next >= requests.length)) {
              socket.destroy()
              return resolve()
            }
            socket.write(requests[next++ % requests.length]!)
          }
          socket.on(
            'data',
            reader((status) => {
              const now = performance.now()
              statuses[status] = (statuses[status] ?? 0) + 1
              if ((status >= 200 && status < 300) || status === 304) {
                good++
                if (taken < MAX_SAMPLES) samples[taken++] = now - sent
              } else bad++
              last = now
              send()
            }),
          )
          // A connection that breaks is a failed answer, and is not opened again.
          const broke = () => {
            if (performance.now() < end) {
              bad++
              statuses[0] = (statuses[0] ?? 0) + 1
            }
            resolve()
          }
          socket.on('error', broke)
          socket.on('close', () => resolve())
          // An answer that never comes must not keep the run.
          setTimeout(() => socket.destroy(), ms + 10_000).unref()
          send()
        }),
    ),
  )
  for (const socket of sockets) socket.destroy()
  const latencies = samples.subarray(0, taken)
  return {
    perSecond: good / ((last - began) / 1_000),
    good,
    bad,
    statuses,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  }
}

/** Every request of the list at once, each on a connection of its own that stands already. */
async function race({ port, list }: { port: number; list: string }): Promise<RaceResult> {
  const requests = lists.get(list) ?? []
  const statuses: Record<number, number> = {}
  const sockets = await openMany(port, requests.length)
  const began = performance.now()
  await Promise.all(
    sockets.map(
      (socket, i) =>
        new Promise<void>((resolve, reject) => {
          socket.on(
            'data',
            reader((status) => {
              statuses[status] = (statuses[status] ?? 0) + 1
              resolve()
            }),
          )
          socket.on('error', reject)
          socket.setTimeout(10_000, () => reject(new Error('no answer within 10 s')))
          socket.write(requests[i]!)
        }),
    ),
  )
  const ms = performance.now() - began
  for (const socket of sockets) socket.destroy()
  return { statuses, ms }
}

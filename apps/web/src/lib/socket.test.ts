import { beforeEach, describe, expect, it, vi } from 'vitest'
import { openSocket, reconnectWait, type SocketEnvironment, type SocketLike, socketUrl } from './socket.ts'

class FakeSocket implements SocketLike {
  readyState = 0
  sent: string[] = []
  closed = false
  onopen: ((event: never) => void) | null = null
  onmessage: ((event: never) => void) | null = null
  onclose: ((event: never) => void) | null = null
  onerror: ((event: never) => void) | null = null
  send(data: string) {
    this.sent.push(data)
  }
  close() {
    this.closed = true
    this.readyState = 3
  }
  open() {
    this.readyState = 1
    this.onopen?.({} as never)
  }
  hear(data: string) {
    this.onmessage?.({ data } as never)
  }
}

function setUp() {
  const sockets: FakeSocket[] = []
  let tell: (what: 'online' | 'offline' | 'visible') => void = () => {}
  const state = { online: true, watching: true }
  const environment: SocketEnvironment = {
    connect: () => {
      const socket = new FakeSocket()
      sockets.push(socket)
      return socket
    },
    setTimeout: (run, milliseconds) => setTimeout(run, milliseconds) as unknown as number,
    clearTimeout: (timer) => clearTimeout(timer),
    random: () => 1,
    isOnline: () => state.online,
    watch: (onChange) => {
      tell = onChange
      return () => {
        state.watching = false
      }
    },
  }
  const messages: unknown[] = []
  const statuses: string[] = []
  const socket = openSocket({
    url: 'ws://x/room',
    onMessage: (message) => messages.push(message),
    onStatus: (status) => statuses.push(status),
    environment,
  })
  const last = () => sockets.at(-1) as FakeSocket
  return { socket, sockets, messages, statuses, state, last, tell: (what: Parameters<typeof tell>[0]) => tell(what) }
}

beforeEach(() => {
  vi.useFakeTimers()
  return () => vi.useRealTimers()
})

describe('openSocket', () => {
  it('hands over parsed messages, answers pings itself and drops nonsense', () => {
    const { last, messages } = setUp()
    last().open()
    last().hear('{"type":"ping","timestamp":1}')
    last().hear('not json')
    last().hear('[1]')
    last().hear('{"type":"connected"}')
    expect(messages).toEqual([{ type: 'connected' }])
    expect(last().sent).toEqual(['{"type":"pong"}'])
  })

  it('pings every 25 s and gives a silent line up after 45 s', () => {
    const { last, sockets, statuses } = setUp()
    last().open()
    vi.advanceTimersByTime(25_000)
    expect(last().sent).toEqual(['{"type":"ping"}'])
    last().hear('{"type":"pong"}')
    vi.advanceTimersByTime(44_999)
    expect(sockets[0]?.closed).toBe(false)
    vi.advanceTimersByTime(1)
    expect(sockets[0]?.closed).toBe(true)
    expect(statuses.at(-1)).toBe('waiting')
  })

  it('waits longer after each failure, up to a cap, and starts over after a steady line', () => {
    const { last, sockets } = setUp()
    const waits = [3_000, 6_000, 12_000, 15_000, 15_000]
    for (const wait of waits) {
      const before = sockets.length
      last().onclose?.({} as never)
      vi.advanceTimersByTime(wait - 1)
      expect(sockets).toHaveLength(before)
      vi.advanceTimersByTime(1)
      expect(sockets).toHaveLength(before + 1)
    }
    last().open()
    vi.advanceTimersByTime(10_000)
    const before = sockets.length
    last().onclose?.({} as never)
    vi.advanceTimersByTime(3_000)
    expect(sockets).toHaveLength(before + 1)
  })

  it('gives up a handshake that never ends', () => {
    const { sockets } = setUp()
    vi.advanceTimersByTime(10_000 + 3_000)
    expect(sockets).toHaveLength(2)
  })

  it('rests while offline and comes back at once', () => {
    const { last, sockets, state, statuses, tell } = setUp()
    last().open()
    state.online = false
    tell('offline')
    vi.advanceTimersByTime(120_000)
    expect(sockets).toHaveLength(1)
    expect(statuses.at(-1)).toBe('offline')
    state.online = true
    tell('online')
    expect(sockets).toHaveLength(2)
  })

  it('does not make a guest who looks again wait, and checks an open line', () => {
    const { last, sockets, tell } = setUp()
    last().onclose?.({} as never)
    tell('visible')
    expect(sockets).toHaveLength(2)
    last().open()
    tell('visible')
    expect(last().sent).toEqual(['{"type":"ping"}'])
    expect(sockets).toHaveLength(2)
  })

  it('stays closed once closed', () => {
    const { socket, sockets, state, tell, statuses } = setUp()
    socket.close()
    tell('online')
    vi.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(1)
    expect(state.watching).toBe(false)
    expect(statuses.at(-1)).toBe('closed')
  })
})

it('spreads reconnects over the whole wait', () => {
  expect(reconnectWait(0, 0)).toBe(0)
  expect(reconnectWait(0, 1)).toBe(3_000)
  expect(reconnectWait(50, 1)).toBe(15_000)
})

it('switches between ws and wss with the address', () => {
  const page = 'https://marquee.example'
  expect(socketUrl('/api/x', undefined, '', page)).toBe('wss://marquee.example/api/x')
  expect(socketUrl('/api/x', undefined, 'http://localhost:8001', page)).toBe('ws://localhost:8001/api/x')
  expect(socketUrl('/api/x', 'wss://live.example/api/', 'http://localhost:8001', page)).toBe('wss://live.example/api/x')
  expect(socketUrl('/api/x', '/edge', '', page)).toBe('wss://marquee.example/edge/api/x')
})

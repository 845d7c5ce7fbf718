import { describe, expect, it, vi } from 'vitest'
import type { SocketStatus } from '../../lib/socket.ts'
import { openLiveFeed } from './live-feed.ts'

function setUp({ token = 'first' as string | null } = {}) {
  const sent: object[] = []
  const events: unknown[] = []
  const state = { token, closed: false, listening: true }
  let status: (status: SocketStatus) => void = () => {}
  let message: (message: unknown) => void = () => {}
  let newToken = () => {}
  const refresh = vi.fn<() => Promise<boolean>>(async () => {
    state.token = 'second'
    newToken()
    return true
  })
  const stop = openLiveFeed({
    connect: (hear) => {
      status = hear.onStatus
      message = hear.onMessage
      return {
        send: (what) => sent.push(what),
        close: () => {
          state.closed = true
        },
      }
    },
    token: () => state.token,
    onToken: (told) => {
      newToken = told
      return () => {
        state.listening = false
      }
    },
    refresh,
    onEvent: (event) => events.push(event),
  })
  return {
    sent,
    events,
    state,
    refresh,
    stop,
    status: (to: SocketStatus) => status(to),
    hear: (m: unknown) => message(m),
  }
}
const hello = (accessToken: string) => ({ type: 'hello', accessToken })
const connected = { type: 'connected', unread: 2 }

describe('openLiveFeed', () => {
  it('says who it is once the line is open, and again on the next one', () => {
    const { sent, events, status, hear, refresh } = setUp()
    status('connecting')
    expect(sent).toEqual([])
    status('open')
    hear(connected)
    status('waiting')
    status('open')
    expect(sent).toEqual([hello('first'), hello('first')])
    expect(events).toEqual([connected])
    expect(refresh).not.toHaveBeenCalled()
  })

  it('fetches a new token after a hello that nobody answered, and says that one', async () => {
    const { sent, status, hear, refresh } = setUp()
    status('open')
    status('waiting')
    status('open')
    await vi.waitFor(() => expect(sent).toEqual([hello('first'), hello('second')]))
    hear(connected)
    status('waiting')
    status('open')
    expect(refresh).toHaveBeenCalledTimes(1)
    expect(sent).toEqual([hello('first'), hello('second'), hello('second')])
  })

  it('says a new token on an open line only', async () => {
    const { sent, status, refresh } = setUp()
    await refresh()
    expect(sent).toEqual([])
    status('open')
    expect(sent).toEqual([hello('second')])
  })

  it('passes on what it knows and nothing else', () => {
    const { events, hear } = setUp()
    hear({ type: 'ping' })
    hear({ type: 'party' })
    hear({ type: 'read', unread: 0 })
    expect(events).toEqual([{ type: 'read', unread: 0 }])
  })

  it('ends with the line and the listening', () => {
    const { state, stop } = setUp()
    stop()
    expect(state).toMatchObject({ closed: true, listening: false })
  })
})

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closeOnSignal } from './close-on-signal.ts'

const EVENTS = ['SIGTERM', 'SIGINT', 'unhandledRejection'] as const
const before = new Map(EVENTS.map((event) => [event, process.listeners(event as 'SIGTERM')]))
const log = { info: vi.fn<() => void>(), error: vi.fn<() => void>() }
let exited: Promise<unknown>
beforeEach(() => {
  const ended = Promise.withResolvers<unknown>()
  exited = ended.promise
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    ended.resolve(code)
    return undefined as never
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  for (const event of EVENTS) {
    for (const listener of process.listeners(event as 'SIGTERM')) {
      if (!before.get(event)?.includes(listener)) process.off(event, listener)
    }
  }
})

test('two signals close once', async () => {
  const close = vi.fn<() => Promise<void>>(async () => {})
  closeOnSignal(log, { withinMs: 10_000, close })
  process.emit('SIGTERM', 'SIGTERM')
  process.emit('SIGINT', 'SIGINT')
  expect(await exited).toBe(0)
  expect(close).toHaveBeenCalledTimes(1)
})

test('closing that fails is said, in the log and in the exit code', async () => {
  closeOnSignal(log, { withinMs: 10_000, close: () => Promise.reject(new Error('still busy')) })
  process.emit('SIGTERM', 'SIGTERM')
  expect(await exited).toBe(1)
  expect(log.error).toHaveBeenCalledWith({ err: new Error('still busy') }, 'closing failed')
})

test('closing that takes too long is cut off', async () => {
  closeOnSignal(log, { withinMs: 1, close: () => new Promise(() => {}) })
  process.emit('SIGINT', 'SIGINT')
  expect(await exited).toBe(1)
})

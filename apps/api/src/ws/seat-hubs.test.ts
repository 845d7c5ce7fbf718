import { Socket } from 'node:net'
import type { OpenRoom, RoomListener } from '@marquee/core/seats/seat-feed'
import { SeatRoom } from '@marquee/core/seats/seat-room'
import { expect, test } from 'vitest'
import { SeatHubs } from './seat-hubs.ts'

/** Halls that are open once the test says so. */
function setUp() {
  const rooms = new Map<string, OpenRoom>()
  const waiting: (() => void)[] = []
  const roomOf = (showtimeId: string) => {
    const room = rooms.get(showtimeId) ?? { room: new SeatRoom(), listeners: new Set<RoomListener>() }
    rooms.set(showtimeId, room)
    return room
  }
  const hubs = new SeatHubs(async (showtimeId) => {
    await new Promise<void>((resolve) => waiting.push(resolve))
    return { open: roomOf(showtimeId), seatId: String }
  })
  return {
    hubs,
    listeners: (showtimeId: string) => roomOf(showtimeId).listeners.size,
    /** Lets everybody in who waits. */
    async openAll() {
      for (const pass of waiting.splice(0)) pass()
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}
/** Never connected: nothing written to it arrives anywhere. */
const viewer = () => ({ socket: new Socket().on('error', () => {}), gone: false })

test('a viewer that left before its hall was open leaves nothing behind', async () => {
  const { hubs, listeners, openAll } = setUp()
  const visitors = Array.from({ length: 10 }, (_, i) => ({ ...viewer(), hall: `hall ${i % 3}` }))
  const entering = visitors.map((v) => hubs.enter(v.hall, v.socket, () => v.gone))
  for (const v of visitors) v.gone = true
  await openAll()
  expect(await Promise.all(entering)).toEqual(Array(10).fill(null))
  expect(hubs.size).toBe(0)
  expect([listeners('hall 0'), listeners('hall 1'), listeners('hall 2')]).toEqual([0, 0, 0])
})

test('one that left early takes the hall from nobody who stays', async () => {
  const { hubs, listeners, openAll } = setUp()
  const [early, stays] = [viewer(), viewer()]
  const entering = [
    hubs.enter('hall', early.socket, () => early.gone),
    hubs.enter('hall', stays.socket, () => stays.gone),
  ]
  early.gone = true
  await openAll()
  await openAll()
  const [none, hub] = await Promise.all(entering)
  expect(none).toBeNull()
  expect([hub?.viewers.size, hubs.size, listeners('hall')]).toEqual([1, 1, 1])
  if (hub) hubs.leave('hall', hub, stays.socket)
  expect([hubs.size, listeners('hall')]).toEqual([0, 0])
})

test('all viewers of a hall share one hub, the last one out closes it', async () => {
  const { hubs, listeners, openAll } = setUp()
  const [a, b] = [viewer(), viewer()]
  const entering = Promise.all([a, b].map((v) => hubs.enter('hall', v.socket, () => v.gone)))
  await openAll()
  const [one, two] = await entering
  expect(one).toBe(two)
  if (!one) throw new Error('nobody was let in')
  hubs.leave('hall', one, a.socket)
  expect([hubs.size, listeners('hall')]).toEqual([1, 1])
  hubs.leave('hall', one, b.socket)
  expect([hubs.size, listeners('hall')]).toEqual([0, 0])
})

test('a process that closes lets nobody in any more', async () => {
  const { hubs, listeners, openAll } = setUp()
  const late = viewer()
  const entering = hubs.enter('hall', late.socket, () => late.gone)
  hubs.close()
  await openAll()
  expect(await entering).toBeNull()
  expect([hubs.size, listeners('hall')]).toEqual([0, 0])
})

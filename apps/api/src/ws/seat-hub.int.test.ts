import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { RoomListener } from '@marquee/core/seats/seat-feed'
import { SeatRoom } from '@marquee/core/seats/seat-room'
import { expect, test } from 'vitest'
import { eventually } from '../../../../scripts/testing/eventually.ts'
import { SeatHub } from './seat-hub.ts'

const SEATS = 2_000

/** A hub over real sockets: our end and the viewer's. */
async function openHub() {
  const room = new SeatRoom()
  room.load({ epoch: 'e', seq: 1, map: '0'.repeat(SEATS), held: [] }, false)
  const open = { room, listeners: new Set<RoomListener>() }
  const hub = new SeatHub('hall', open, (index) => `A${index}`)
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    hub,
    change() {
      for (const listener of open.listeners) listener(null)
    },
    async viewer(): Promise<{ ours: Socket; theirs: Socket }> {
      const accepted = once(server, 'connection') as Promise<[Socket]>
      const theirs = connect((server.address() as AddressInfo).port, '127.0.0.1')
      const [ours] = await accepted
      for (const socket of [ours, theirs]) socket.on('error', () => {})
      return { ours, theirs }
    },
    close() {
      hub.close()
      server.close()
    },
  }
}

test('a viewer that stops reading is let go, and the others do not wait for it', async () => {
  const { hub, change, viewer, close } = await openHub()
  const [slow, quick] = [await viewer(), await viewer()]
  let received = 0
  quick.theirs.on('data', (data) => {
    received += data.length
  })
  slow.theirs.pause()
  hub.join(slow.ours)
  hub.join(quick.ours)
  // Until the system's own buffers are full, and ours hold more than a viewer may be behind.
  while (slow.ours.writableLength < 300 * 1024) {
    hub.resend(slow.ours)
    if (slow.ours.writableLength === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  const before = received
  const gone = once(slow.ours, 'close')
  change()
  await gone
  await eventually(() => received >= before + SEATS)
  expect(quick.ours.destroyed).toBe(false)
  quick.theirs.destroy()
  close()
})

test('five hundred steps in a moment are few messages, and the last one is the truth', async () => {
  const { hub, change, viewer, close } = await openHub()
  const { ours, theirs } = await viewer()
  let frames = 0
  theirs.on('data', (data) => {
    frames += data.toString('latin1').split('"type":"snapshot"').length - 1
  })
  hub.join(ours)
  for (let i = 0; i < 500; i++) change()
  await eventually(() => frames > 0)
  await new Promise((resolve) => setTimeout(resolve, 250))
  expect(frames).toBe(1)
  theirs.destroy()
  close()
})

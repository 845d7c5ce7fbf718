import { expect, test } from 'vitest'
import { parseSeatEvent, SeatRoom } from './seat-room.ts'

const room = () => {
  const it = new SeatRoom()
  it.load({ epoch: 'e1', seq: 4, map: '0120', held: [{ until: 900, seats: [1] }] }, false)
  return it
}
const say = (message: string) => {
  const event = parseSeatEvent(message)
  if (!event) throw new Error(`not understood: ${message}`)
  return event
}

test('steps are applied in order and shown in the body and the ETag', () => {
  const it = room()
  const before = it.body.etag
  expect(it.apply(say('e1 5 H 1000 0,3'))).toBe('applied')
  expect(it.apply(say('e1 6 F 1'))).toBe('applied')
  expect(it.apply(say('e1 7 S 0'))).toBe('applied')
  expect(it.map).toBe('2021')
  expect(JSON.parse(it.body.text)).toEqual({
    epoch: 'e1',
    seq: 7,
    map: '2021',
    heldUntil: { 3: 1000 },
    degraded: false,
  })
  expect(it.body.etag).not.toBe(before)
  expect(it.stateOf(3)).toEqual({ status: 'held', until: 1000 })
})

test('a repeated step changes nothing, a missing one and another epoch are noticed', () => {
  const it = room()
  expect(it.apply(say('e1 4 S 0'))).toBe('old')
  expect(it.apply(say('e1 6 S 0'))).toBe('gap')
  expect(it.apply(say('e2 5 S 0'))).toBe('gap')
  expect(it.map).toBe('0120')
})

test('anything else on the channel is ignored', () => {
  for (const noise of ['', 'hello', 'e1 5 X 1', 'e1 5 H 100 a,b']) expect(parseSeatEvent(noise)).toBeNull()
})

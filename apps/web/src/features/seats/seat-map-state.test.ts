import type { SeatMap, SeatSocketMessage } from '@marquee/contracts/seats'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32 } from './crc32.ts'
import { type Delta, emptySeatMap, reduceSeatMap, type SeatMapState, seatMapEtag } from './seat-map-state.ts'
import { hallLooks, nextExpiry, seatLook } from './seat-status.ts'

const ids = new Map(['A1', 'A2', 'A3', 'A4', 'A5'].map((id, index) => [id, index]))
const snapshot = (seq: number, map = '00000', epoch = 'e1', heldUntil = {}): SeatMap => ({
  epoch,
  seq,
  map,
  heldUntil,
  degraded: false,
})
const base = { showtime_id: 's', timestamp: 0 }
const locked = (seq: number, seats: string[], from = seq, epoch = 'e1'): Delta => ({
  ...base,
  type: 'seat_locked',
  epoch,
  from,
  seq,
  seats,
  until: 5_000,
})
const released = (seq: number, seats: string[]): Delta => ({
  ...base,
  type: 'seat_released',
  epoch: 'e1',
  from: seq,
  seq,
  seats,
})
const run = (state: SeatMapState, ...events: (SeatMap | SeatSocketMessage | 'disconnected' | 'unchanged')[]) =>
  events.reduce<SeatMapState>((current, event) => {
    if (event === 'disconnected' || event === 'unchanged') return reduceSeatMap(current, { type: event }, ids)
    if ('type' in event) return reduceSeatMap(current, { type: 'message', message: event }, ids)
    return reduceSeatMap(current, { type: 'snapshot', snapshot: event }, ids)
  }, state)

describe('reduceSeatMap', () => {
  it('buffers what comes before the snapshot and then applies only what is newer', () => {
    const state = run(emptySeatMap, locked(3, ['A1']), locked(5, ['A2']), snapshot(4, '10000'))
    expect(state).toMatchObject({ seq: 5, map: '11000', needsResync: false, buffer: [] })
  })

  it('ignores duplicates and late arrivals', () => {
    const state = run(emptySeatMap, snapshot(4), locked(5, ['A1']), released(6, ['A1']), locked(5, ['A1']))
    expect(state).toMatchObject({ seq: 6, map: '00000', needsResync: false })
  })

  it('takes a batch that overlaps what it has', () => {
    expect(run(emptySeatMap, snapshot(4), locked(7, ['A3'], 3))).toMatchObject({ seq: 7, map: '00100' })
  })

  it('asks for the map on a gap and heals from it with what it kept', () => {
    const gap = run(emptySeatMap, snapshot(4), locked(7, ['A1']))
    expect(gap).toMatchObject({ seq: 4, needsResync: true })
    expect(run(gap, released(8, ['A1']), snapshot(6, '00011'))).toMatchObject({
      seq: 8,
      map: '00011',
      needsResync: false,
    })
  })

  it('asks again when the fetched map is itself older than the gap', () => {
    const state = run(emptySeatMap, snapshot(4), locked(9, ['A1']), snapshot(5))
    expect(state).toMatchObject({ needsResync: true })
    expect(state.buffer).toHaveLength(1)
  })

  it('asks for the map when the epoch changes', () => {
    const changed = run(emptySeatMap, snapshot(40), locked(1, ['A1'], 1, 'e2'))
    expect(changed.needsResync).toBe(true)
    expect(run(changed, snapshot(0, '00000', 'e2'))).toMatchObject({ epoch: 'e2', seq: 1, map: '10000' })
  })

  it('does not let a slow answer turn the clock back', () => {
    expect(run(emptySeatMap, snapshot(4), locked(5, ['A1']), snapshot(3))).toMatchObject({ seq: 5, map: '10000' })
  })

  it('checks the digest: quiet when right, whole map when wrong, plain catch-up when behind', () => {
    const good = run(emptySeatMap, snapshot(4, '01200'))
    const digest = (seq: number, map: string) =>
      ({ type: 'digest', epoch: 'e1', seq, crc32: crc32(map) }) as const satisfies SeatSocketMessage
    expect(run(good, digest(4, '01200'))).toBe(good)
    expect(run(good, digest(3, '00000'))).toBe(good)
    const wrong = run(good, digest(4, '01201'))
    expect(wrong).toMatchObject({ needsResync: true, doubtful: true })
    expect(seatMapEtag(wrong)).toBeNull()
    const behind = run(good, digest(6, '01201'))
    expect(behind).toMatchObject({ needsResync: true, doubtful: false })
    expect(seatMapEtag(behind)).toBe('"e1-4"')
  })

  it('believes "not modified" after a break', () => {
    const away = run(emptySeatMap, snapshot(4, '01000'), 'disconnected')
    expect(away.needsResync).toBe(true)
    expect(run(away, locked(5, ['A1']), 'unchanged')).toMatchObject({ seq: 5, map: '11000', needsResync: false })
  })

  it('knows every status and ignores seats that are not in the hall', () => {
    const update: Delta = {
      ...base,
      type: 'seat_update',
      epoch: 'e1',
      from: 1,
      seq: 4,
      seats: [
        { seat_id: 'A1', status: 'booked' },
        { seat_id: 'A2', status: 'blocked' },
        { seat_id: 'A3', status: 'held', until: 9 },
        { seat_id: 'A4', status: 'available' },
        { seat_id: 'Z9', status: 'booked' },
      ],
    }
    expect(run(emptySeatMap, snapshot(0, '00010'), update)).toMatchObject({ map: '23100', heldUntil: { 2: 9 } })
  })

  it('converges to the server whatever is lost, doubled or reordered', () => {
    const step = fc.record({ seat: fc.constantFrom(...ids.keys()), lock: fc.boolean() })
    const fate = fc.constantFrom('deliver', 'drop', 'twice', 'late')
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fate), { maxLength: 40 }), (steps) => {
        const cells = [...'00000']
        let state = run(emptySeatMap, snapshot(0))
        const late: Delta[] = []
        steps.forEach(([{ seat, lock }, how], at) => {
          cells[ids.get(seat) ?? 0] = lock ? '1' : '0'
          const delta = lock ? locked(at + 1, [seat]) : released(at + 1, [seat])
          if (how === 'late') late.push(delta)
          else if (how !== 'drop') state = run(state, delta, ...(how === 'twice' ? [delta] : []))
        })
        state = run(state, ...late)
        const truth = cells.join('')
        state = run(state, { type: 'digest', epoch: 'e1', seq: steps.length, crc32: crc32(truth) })
        if (state.needsResync) state = run(state, snapshot(steps.length, truth))
        expect(state).toMatchObject({ map: truth, needsResync: false })
      }),
    )
  })
})

describe('seat looks', () => {
  const state = run(emptySeatMap, snapshot(1, '01123', 'e1', { 1: 1_000, 2: 3_000 }))

  it('shows a hold that ran out as free, by the server clock', () => {
    expect(seatLook(state, 1, false, 999)).toBe('held')
    expect(seatLook(state, 1, false, 1_000)).toBe('free')
    expect(nextExpiry(state, 1_000)).toBe(3_000)
    expect(nextExpiry(state, 3_000)).toBeNull()
  })

  it('takes mine from my hold only', () => {
    expect(hallLooks(state, new Set([2]), 500, 5)).toBe('fhysb')
  })

  it('shows nothing as free before the first map', () => {
    expect(hallLooks(emptySeatMap, new Set(), 0, 2)).toBe('bb')
  })
})

it('computes the CRC-32 that zlib computes', () => {
  expect(crc32('123456789')).toBe(0xcbf43926)
  expect(crc32('')).toBe(0)
})

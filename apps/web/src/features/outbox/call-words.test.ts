import type { DevCall } from '@marquee/contracts/carrier'
import { expect, it } from 'vitest'
import { lasted, linesOf, shownCall, spacedNumber, stateWords } from './call-words.ts'

const call = (id: string, state: DevCall['state']) => ({ id, state }) as DevCall

it('shows the call that rings or speaks, the chosen one among several, and otherwise what was chosen or is newest', () => {
  const over = [call('c', 'ended'), call('b', 'ended'), call('a', 'ended')]
  expect(shownCall([], null)).toBeUndefined()
  expect(shownCall(over, null)?.id).toBe('c')
  expect(shownCall(over, 'a')?.id).toBe('a')
  const busy = [call('e', 'ringing'), call('d', 'ringing'), ...over]
  expect(shownCall(busy, null)?.id).toBe('d')
  expect(shownCall(busy, 'e')?.id).toBe('e')
  expect(shownCall([call('f', 'in-progress'), ...busy], null)?.id).toBe('f')
})

it('puts keys between the words after which they were pressed', () => {
  const lines = linesOf({
    said: [
      { at: '2026-11-21T10:00:01.000Z', text: 'Press 1.', language: 'en-IN' },
      { at: '2026-11-21T10:00:05.000Z', text: 'Thank you.', language: 'en-IN' },
    ],
    keys: [{ at: '2026-11-21T10:00:04.000Z', key: '1', taken: true }],
  })
  expect(lines.map(({ text }) => text)).toEqual(['Press 1.', '1', 'Thank you.'])
})

it('says how a call stands, how long it took and whose number it is', () => {
  expect(stateWords({ state: 'ringing', outcome: null })).toBe('Ringing')
  expect(stateWords({ state: 'ended', outcome: 'no-answer' })).toBe('Nobody answered')
  expect(lasted('2026-11-21T10:00:00Z', '2026-11-21T10:01:07.900Z')).toBe('1:07')
  expect(lasted('2026-11-21T10:00:00Z', Date.parse('2026-11-21T09:59:59Z'))).toBe('0:00')
  expect(spacedNumber('+919876543299')).toBe('+91 98765 43299')
  expect(spacedNumber('+4420')).toBe('+4420')
})

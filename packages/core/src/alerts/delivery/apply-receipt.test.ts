import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyCallNews, applySmsNews, type CallNews } from './apply-receipt.ts'

const news = (given: Partial<CallNews>): CallNews => ({ status: null, answeredBy: null, key: null, ...given })
const after = (all: CallNews[]) =>
  all.reduce(applyCallNews, { state: 'ACCEPTED' as const, keys: '' } as Parameters<typeof applyCallNews>[0])

const anyNews = fc.record({
  status: fc.constantFrom(
    null,
    'queued',
    'ringing',
    'answered',
    'completed',
    'busy',
    'no-answer',
    'failed',
    'cancelled',
  ),
  answeredBy: fc.constantFrom(null, 'human', 'machine'),
  key: fc.constantFrom(null, '1', '2', '9'),
}) as fc.Arbitrary<CallNews>

test('the same messages end in the same state, in whatever order and however often they come', () => {
  fc.assert(
    fc.property(
      fc.array(anyNews, { maxLength: 8 }).chain((all) =>
        fc.record({
          all: fc.constant(all),
          shuffled: fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }),
        }),
      ),
      ({ all, shuffled }) => {
        expect(after(shuffled)).toEqual(after(all))
      },
    ),
  )
})

test.each([
  ['answered and pressed', [{ status: 'answered' }, { key: '1' }, { status: 'completed' }], 'DELIVERED'],
  ['ringing after the end', [{ status: 'busy' }, { status: 'ringing' }], 'BUSY'],
  ['a machine, said after the end', [{ status: 'completed' }, { answeredBy: 'machine' }], 'MACHINE'],
  ['taken for a machine, but it pressed', [{ answeredBy: 'machine' }, { key: '1' }], 'DELIVERED'],
  ['not yet over', [{ status: 'ringing' }, { status: 'answered' }, { status: 'ringing' }], 'ANSWERED'],
] as [string, Partial<CallNews>[], string][])('%s', (_what, all, state) => {
  expect(after(all.map(news)).state).toBe(state)
})

test('a text that arrived arrived, also when a part of it failed', () => {
  expect(applySmsNews(applySmsNews('ACCEPTED', 'failed'), 'delivered')).toBe('DELIVERED')
  expect(applySmsNews(applySmsNews('ACCEPTED', 'delivered'), 'failed')).toBe('DELIVERED')
  expect(applySmsNews('UNKNOWN', 'sent')).toBe('ACCEPTED')
})

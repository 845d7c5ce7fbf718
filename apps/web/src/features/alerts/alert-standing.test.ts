import type { AlertView, WatchView } from '@marquee/contracts/alerts'
import { expect, test } from 'vitest'
import { evidenceWords, isUnreachable, nextStep, standing, wasMissed } from './alert-standing.ts'

test('what is being told says what comes next, and never that somebody was told whom nothing reached', () => {
  const step = (
    channel: 'call' | 'sms',
    state: 'PLANNED' | 'BUSY' | 'SKIPPED' | 'RINGING' | 'DELIVERED',
    at: string,
  ) => ({
    channel,
    step: 1,
    state,
    at,
    outcome: '',
  })
  const now = Date.parse('2026-11-21T15:00:00Z')
  const busy = step('call', 'BUSY', '2026-11-21T14:59:00Z')
  const again = step('call', 'PLANNED', '2026-11-21T15:03:00Z')
  expect(nextStep({ attempts: [busy, again] }, now)).toBe(again)
  expect(nextStep({ attempts: [step('sms', 'PLANNED', '2026-11-22T02:30:00Z'), again] }, now)).toBe(again)
  expect(nextStep({ attempts: [step('call', 'RINGING', '2026-11-21T14:59:58Z'), again] }, now)).toBeNull()
  expect(nextStep({ attempts: [step('call', 'PLANNED', '2026-11-21T15:00:20Z')] }, now)).toBeNull()
  expect(nextStep({ attempts: [busy] }, now)).toBeNull()

  const stopped = step('sms', 'SKIPPED', '2026-11-21T14:59:00Z')
  const missed = { state: 'EXHAUSTED' as const, attempts: [busy, stopped] } as AlertView['alerts'][number]
  expect(evidenceWords(missed)).toBe('Nothing reached you')
  expect(wasMissed({ state: 'NOTIFIED', alerts: [missed] })).toBe(true)
  expect(wasMissed({ state: 'ACTIVE', alerts: [missed] })).toBe(false)
  const arrived = { ...missed, attempts: [busy, step('sms', 'DELIVERED', '2026-11-21T14:59:00Z')] }
  expect(evidenceWords(arrived)).toBe('Told, not answered')
  expect(wasMissed({ state: 'NOTIFIED', alerts: [arrived, missed] })).toBe(false)
})

test('the badge never says that it is watched while nobody can see, nor what is being told', () => {
  const marquee = { how: 'told', paused: false, blindSince: null } as WatchView
  const blind = { how: 'looks', paused: false, blindSince: '2026-11-21T15:00:00Z' } as WatchView
  const alert: Parameters<typeof standing>[0] = { state: 'ACTIVE', alerts: [], held: false, watches: [marquee, blind] }
  const words = (given: Partial<typeof alert>, ringing = false) => standing({ ...alert, ...given }, ringing).words
  expect(words({})).toBe('Watching')
  expect(words({ watches: [blind, { ...blind, blindSince: null, paused: true }] })).toBe('Blind just now')
  expect(words({ watches: [blind], state: 'PAUSED' })).toBe('Paused')
  expect(words({ watches: [] })).toBe('Watching')
  expect(words({ watches: [blind], held: true })).toBe('We are checking')
  expect(words({ held: true }, true)).toBe('Telling you')
})

test('whoever heard a call and pressed nothing did not say that they have seen it', () => {
  const call = { channel: 'call', step: 1, state: 'DELIVERED', at: '2026-11-21T15:00:00Z' } as const
  const told = { state: 'ACKNOWLEDGED' as const, acknowledgedBy: 'call' }
  expect(evidenceWords({ ...told, attempts: [{ ...call, outcome: 'answered' }] })).toBe('You took our call')
  expect(evidenceWords({ ...told, attempts: [{ ...call, outcome: 'answered, pressed 1' }] })).toBe('You have seen it')
  expect(evidenceWords({ ...told, acknowledgedBy: 'link', attempts: [] })).toBe('You have seen it')
})

test('whoever shut every way they chose is reached by none', () => {
  expect(isUnreachable({ channels: ['call', 'sms'], optedOut: ['call'] })).toBe(false)
  expect(isUnreachable({ channels: ['call', 'sms'], optedOut: ['sms', 'call'] })).toBe(true)
})

import { expect, test } from 'vitest'
import { firstSteps, type Rung, retryAfter, snoozedStep, stepsInstead } from './ladder.ts'

const rung = (channel: string, state: string, template = 'x', step = 1): Rung => ({ channel, state, template, step })
const call = (state: string, template = 'call.first', step = 1) => rung('call', state, template, step)

test('everything that was chosen begins at once, quietly and aloud', () => {
  expect(firstSteps(['call', 'email', 'in_app']).map(({ channel, afterMs }) => [channel, afterMs])).toEqual([
    ['in_app', 0],
    ['email', 0],
    ['call', 0],
  ])
})

test('one more call after busy or no answer, three minutes later, and no third', () => {
  expect(retryAfter([call('BUSY')])).toMatchObject({ step: 2, template: 'call.retry', afterMs: 180_000 })
  expect(retryAfter([call('BUSY'), call('NO_ANSWER', 'call.retry', 2)])).toBeNull()
  expect(retryAfter([call('BUSY'), call('PLANNED', 'call.retry', 2)])).toBeNull()
  expect(retryAfter([call('ANSWERED'), call('BUSY', 'call.snoozed', 2)])).toBeNull()
})

test('after a snooze: a call while there is one left, then whatever else was chosen', () => {
  expect(snoozedStep([call('DELIVERED')], ['call', 'sms'])).toMatchObject({ channel: 'call', step: 2 })
  const used = [call('BUSY'), call('DELIVERED', 'call.retry', 2), rung('sms', 'DELIVERED')]
  expect(snoozedStep(used, ['call', 'sms'])).toEqual({ channel: 'sms', step: 2, template: 'sms.snoozed' })
  expect(snoozedStep(used, ['call', 'email'])).toMatchObject({ channel: 'email', step: 1 })
  expect(snoozedStep(used, ['call'])).toBeNull()
})

test('in writing instead of a call: what was chosen and did not go out yet', () => {
  const channels = ['call', 'sms', 'email']
  expect(stepsInstead([call('FAILED'), rung('sms', 'ACCEPTED'), rung('email', 'PLANNED')], channels)).toEqual([])
  expect(stepsInstead([call('FAILED'), rung('sms', 'UNKNOWN'), rung('email', 'FAILED')], channels)).toMatchObject([
    { channel: 'email', step: 2, template: 'email.instead' },
  ])
  expect(stepsInstead([call('FAILED')], ['call'])).toEqual([])
})

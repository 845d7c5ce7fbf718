import type { AlertChannel } from '@marquee/contracts/alerts'

/** Calls about one opening, the one that is snoozed included. */
export const CALLS_PER_ALERT = 2
export const CALLS_PER_DAY = 4
export const TEXTS_PER_DAY = 10
/** Between two calls to one number, whatever they are about. */
export const CALL_GAP_MS = 60_000
export const RETRY_AFTER_MS = 3 * 60_000
/** Key 2. */
export const SNOOZE_MS = 10 * 60_000
/**
 * A call that would come later than this after the opening, or after the hour it was put off to, is no call any more: they
 * are told in writing. Whatever held it up: the night, a hold, a long line, we ourselves.
 */
export const CALL_WITHIN_MS = 2 * 3_600_000
/** Calls of one number that are due this soon are one call. */
export const MERGE_WITHIN_MS = 60_000

/** Why an attempt exists: what a text is written from, and what the auditor holds it against. */
export type Template =
  | 'alert.in_app'
  | 'alert.push'
  | 'alert.email'
  | 'alert.sms'
  | 'call.first'
  | 'call.retry'
  | 'call.snoozed'
  | 'sms.instead'
  | 'email.instead'
  | 'sms.snoozed'
  | 'email.snoozed'
  | 'push.snoozed'
  | 'in_app.snoozed'

export type Step = { channel: AlertChannel; step: number; template: Template; afterMs: number }

const FIRST: Step[] = [
  { channel: 'in_app', step: 1, template: 'alert.in_app', afterMs: 0 },
  { channel: 'push', step: 1, template: 'alert.push', afterMs: 0 },
  { channel: 'email', step: 1, template: 'alert.email', afterMs: 0 },
  { channel: 'sms', step: 1, template: 'alert.sms', afterMs: 0 },
  { channel: 'call', step: 1, template: 'call.first', afterMs: 0 },
]

/** What is done at once: the quiet ways and, for whoever chose it, the call. */
export const firstSteps = (channels: readonly string[]): Step[] =>
  FIRST.filter(({ channel }) => channels.includes(channel))

/** An attempt as far as the ladder looks at it. */
export type Rung = { channel: string; step: number; state: string; template: string }

const GONE_OUT = new Set([
  'SENDING',
  'ACCEPTED',
  'RINGING',
  'ANSWERED',
  'DELIVERED',
  'MACHINE',
  'BUSY',
  'NO_ANSWER',
  'UNKNOWN',
])
/** It went out, or may have: it counts, and nobody sends it again. */
export const wentOut = ({ state }: Pick<Rung, 'state'>) => GONE_OUT.has(state)
const pending = ({ state }: Pick<Rung, 'state'>) => state === 'PLANNED'
const nextStep = (rungs: Rung[], channel: AlertChannel) =>
  1 + Math.max(0, ...rungs.filter((rung) => rung.channel === channel).map((rung) => rung.step))

/** One more call, once, after a receipt that says busy or no answer. */
export function retryAfter(rungs: Rung[]): Step | null {
  const calls = rungs.filter((rung) => rung.channel === 'call')
  const retried = calls.some(({ template }) => template === 'call.retry')
  if (retried || calls.some(pending) || calls.filter(wentOut).length >= CALLS_PER_ALERT) return null
  return { channel: 'call', step: nextStep(rungs, 'call'), template: 'call.retry', afterMs: RETRY_AFTER_MS }
}

/** What comes when a snooze is over: the second call when there is one left, otherwise whatever else was chosen. */
export function snoozedStep(rungs: Rung[], channels: readonly string[]): Omit<Step, 'afterMs'> | null {
  const calls = rungs.filter((rung) => rung.channel === 'call')
  if (channels.includes('call') && calls.filter(wentOut).length < CALLS_PER_ALERT)
    return { channel: 'call', step: nextStep(rungs, 'call'), template: 'call.snoozed' }
  for (const channel of ['sms', 'email', 'push', 'in_app'] as const)
    if (channels.includes(channel)) return { channel, step: nextStep(rungs, channel), template: `${channel}.snoozed` }
  return null
}

/** A call that will not be, or of which nobody knows: text and mail, if none went out or is under way. */
export function stepsInstead(rungs: Rung[], channels: readonly string[]): Step[] {
  return (['sms', 'email'] as const)
    .filter(
      (channel) =>
        channels.includes(channel) &&
        !rungs.some((rung) => rung.channel === channel && (wentOut(rung) || pending(rung))),
    )
    .map((channel) => ({ channel, step: nextStep(rungs, channel), template: `${channel}.instead`, afterMs: 0 }))
}

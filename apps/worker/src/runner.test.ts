import type { Config } from '@marquee/core/config'
import { AppError } from '@marquee/core/errors'
import type { JobHandlers } from '@marquee/core/jobs/catalog'
import { MailError } from '@marquee/providers/mail/mail-sender'
import { GatewayError } from '@marquee/providers/payments/gateway'
import { UnrecoverableError } from 'bullmq'
import { expect, test } from 'vitest'
import { pauseBeforeRetry, runJob } from './runner.ts'
import type { WorkerCtx } from './worker-context.ts'

const ctx = { config: {} as Config } as WorkerCtx
const bookingId = '0197c1f0-0000-7000-8000-0000000000aa'
const failing = (error: unknown) =>
  ({ 'ticket.mail': () => Promise.reject(error) }) as unknown as JobHandlers<WorkerCtx>
const outcome = async (error: unknown) =>
  runJob(ctx, failing(error), { name: 'ticket.mail', data: { bookingId } }).then(
    () => 'done',
    (thrown: unknown) => (thrown instanceof UnrecoverableError ? 'dead' : 'again'),
  )

test.each([
  ['a vendor that did not answer', new GatewayError('timeout', true), 'again'],
  ['a vendor that said no', new GatewayError('bad request', false, 400), 'dead'],
  ['a mail server that is busy', new MailError('451', true), 'again'],
  ['a mailbox that does not exist', new MailError('550', false), 'dead'],
  ['a row that is not there', new AppError('NOT_FOUND', 'booking not found'), 'dead'],
  ['our own system being away', new AppError('UNAVAILABLE', 'in a moment'), 'again'],
  ['anything unforeseen', new TypeError('undefined is not a function'), 'again'],
  ['something that is not even an error', 'oh', 'again'],
])('%s', async (_what, error, expected) => {
  expect(await outcome(error)).toBe(expected)
})

test('a payload of another form never reaches its handler', async () => {
  const handlers = failing(new Error('reached'))
  for (const data of [{}, { bookingId: 'x' }, null, [], { bookingId: { $ne: 1 } }]) {
    await expect(runJob(ctx, handlers, { name: 'ticket.mail', data })).rejects.toThrow(UnrecoverableError)
  }
  await expect(runJob(ctx, handlers, { name: 'constructor', data: {} })).rejects.toThrow('no such job')
})

test('pauses grow, spread, and have an end', () => {
  expect(pauseBeforeRetry(1, () => 0)).toBe(500)
  expect(pauseBeforeRetry(1, () => 1)).toBe(1_500)
  expect(pauseBeforeRetry(4, () => 0.5)).toBe(8_000)
  expect(pauseBeforeRetry(30, () => 1)).toBe(450_000)
})

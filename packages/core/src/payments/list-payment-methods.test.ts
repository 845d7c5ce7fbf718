import type { PaymentMethod } from '@marquee/contracts/payments'
import { GatewayError, type PaymentGateway } from '@marquee/providers/payments/gateway'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { listPaymentMethods } from './list-payment-methods.ts'

const HOUR_MS = 3_600_000

function start(first: PaymentMethod[] | null) {
  let time = Date.UTC(2026, 0, 1)
  let answer = first
  let asked = 0
  const gateway = {
    async fetchMethods() {
      asked += 1
      if (!answer) throw new GatewayError('away', true)
      return answer
    },
  } as Partial<PaymentGateway> as PaymentGateway
  const ctx = { gateway, clock: { now: () => new Date(time) }, log: pino({ level: 'silent' }) }
  return {
    list: async () => (await listPaymentMethods(ctx)).items.map(({ method }) => method),
    later: (ms: number) => (time += ms),
    says: (methods: PaymentMethod[] | null) => (answer = methods),
    asked: () => asked,
  }
}

test('what the gateway takes, in words, asked once an hour however many look', async () => {
  const { list, later, says, asked } = start(['upi', 'netbanking'])
  expect(await Promise.all([list(), list(), list()])).toEqual(Array(3).fill(['upi', 'netbanking']))
  later(HOUR_MS - 1)
  says(['card'])
  expect(await list()).toEqual(['upi', 'netbanking'])
  expect(asked()).toBe(1)
  later(1)
  await list()
  expect(await list()).toEqual(['card'])
  expect(asked()).toBe(2)
})

test('away: what it said last, for a day; then nothing is made up', async () => {
  const { list, later, says } = start(['upi'])
  await list()
  says(null)
  later(23 * HOUR_MS)
  await list()
  expect(await list()).toEqual(['upi'])
  later(HOUR_MS)
  await expect(list()).rejects.toMatchObject({ code: 'GATEWAY_UNAVAILABLE' })
})

test('never reached: an error, and no storm of questions', async () => {
  const { list, later, says, asked } = start(null)
  for (let i = 0; i < 5; i++) await expect(list()).rejects.toMatchObject({ code: 'GATEWAY_UNAVAILABLE' })
  expect(asked()).toBe(1)
  says(['wallet'])
  later(30_000)
  expect(await list()).toEqual(['wallet'])
})

import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

const secret = 'x'.repeat(16)
const base = {
  DATABASE_URL: 'postgresql://x@y/z',
  REDIS_URL: 'redis://x',
  JWT_SECRET: secret,
  TICKET_SIGNING_KEY: secret,
  CONTACT_KEY: secret,
  PAYMENT_KEY_SECRET: secret,
  PAYMENT_WEBHOOK_SECRET: secret,
}
const production = { ...base, NODE_ENV: 'production' }

test('production refuses texts that go nowhere', () => {
  expect(() => readConfig(production)).toThrow('SMS_PROVIDER: console sends nothing')
  expect(() => readConfig({ ...production, SMS_PROVIDER: 'console' })).toThrow('SMS_PROVIDER')
})

test.each([
  ['twilio', ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM']],
  ['plivo', ['PLIVO_AUTH_ID', 'PLIVO_AUTH_TOKEN', 'PLIVO_FROM']],
])('%s needs its keys, and only its own', (provider, names) => {
  for (const name of names) expect(() => readConfig({ ...base, SMS_PROVIDER: provider })).toThrow(`${name}: needed`)
  const keys = Object.fromEntries(names.map((name) => [name, 'given']))
  expect(readConfig({ ...base, SMS_PROVIDER: provider, ...keys }).sms.provider).toBe(provider)
})

test('countries are what numbers begin with', () => {
  expect(readConfig({ ...base, OTP_COUNTRIES: '+91, +4477' }).sms.countries).toEqual(['+91', '+4477'])
  for (const wrong of ['91', '+91;+44', '+', 'IN', '+0'])
    expect(() => readConfig({ ...base, OTP_COUNTRIES: wrong })).toThrow('OTP_COUNTRIES')
})

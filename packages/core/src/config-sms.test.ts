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
  expect(readConfig({ ...base, SMS_PROVIDER: provider, ...keys }).sms.providers).toEqual([provider])
})

test.each([
  ['twilio', ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_VOICE_FROM']],
  ['plivo', ['PLIVO_AUTH_ID', 'PLIVO_AUTH_TOKEN', 'PLIVO_VOICE_FROM']],
])('calls through %s need its keys and a number, and only its own', (provider, names) => {
  const env = { ...base, VOICE_PROVIDERS: provider }
  for (const name of names) expect(() => readConfig(env)).toThrow(`${name}: needed`)
  const keys = Object.fromEntries(names.map((name) => [name, '+15005550006']))
  expect(readConfig({ ...env, ...keys }).voice.providers).toEqual([provider])
})

test('carriers are tried in their order; the development carrier stands alone', () => {
  const keys = {
    TWILIO_ACCOUNT_SID: 'given',
    TWILIO_AUTH_TOKEN: 'given',
    TWILIO_VOICE_FROM: '+15005550006',
    PLIVO_AUTH_ID: 'given',
    PLIVO_AUTH_TOKEN: 'given',
    PLIVO_VOICE_FROM: '+15005550006',
  }
  const read = (VOICE_PROVIDERS: string) => readConfig({ ...base, ...keys, VOICE_PROVIDERS }).voice.providers
  expect(read('twilio, plivo')).toEqual(['twilio', 'plivo'])
  expect(read('')).toEqual(['dev'])
  expect(() => read('dev,plivo')).toThrow('VOICE_PROVIDERS: dev')
  expect(() => read('vonage')).toThrow('VOICE_PROVIDERS')
})

test('countries are what numbers begin with', () => {
  expect(readConfig({ ...base, OTP_COUNTRIES: '+91, +4477' }).sms.countries).toEqual(['+91', '+4477'])
  for (const wrong of ['91', '+91;+44', '+', 'IN', '+0'])
    expect(() => readConfig({ ...base, OTP_COUNTRIES: wrong })).toThrow('OTP_COUNTRIES')
})

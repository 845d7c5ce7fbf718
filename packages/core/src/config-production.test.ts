import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

const secret = 'x'.repeat(40)
const good = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgresql://x@y/z',
  REDIS_URL: 'redis://x',
  JWT_SECRET: secret,
  TICKET_SIGNING_KEY: secret,
  CONTACT_KEY: secret,
  PAYMENT_GATEWAY: 'razorpay',
  PAYMENT_KEY_ID: 'rzp_live_example',
  PAYMENT_KEY_SECRET: secret,
  PAYMENT_WEBHOOK_SECRET: secret,
  MAIL_PROVIDER: 'smtp',
  SMTP_URL: 'smtp://mail.example',
  SMS_PROVIDER: 'twilio',
  TWILIO_ACCOUNT_SID: 'given',
  TWILIO_AUTH_TOKEN: 'given',
  TWILIO_FROM: '+15005550006',
  VOICE_PROVIDERS: 'twilio',
  TWILIO_VOICE_FROM: '+15005550006',
}

test('a production that is complete is taken', () => {
  expect(readConfig(good).mode).toBe('production')
  const larger = {
    PUBLIC_BASE_URL: 'https://tickets.example',
    RATE_LIMIT_SCALE: '10',
    SMS_BASE_URL: 'https://sms.example',
  }
  expect(readConfig({ ...good, ...larger }).mode).toBe('production')
})

test.each<[string, Record<string, string>, string]>([
  ['play money', { PAYMENT_GATEWAY: 'dev' }, 'PAYMENT_GATEWAY: the development gateway'],
  [
    'a simulator under the name of the real gateway',
    { PAYMENT_BASE_URL: 'http://127.0.0.1:3000/dev/gateway' },
    'PAYMENT_BASE_URL',
  ],
  [
    'a gateway that only looks like it',
    { PAYMENT_BASE_URL: 'https://api.razorpay.com.example.net' },
    'PAYMENT_BASE_URL',
  ],
  ['keys that take no money', { PAYMENT_KEY_ID: 'rzp_test_example' }, 'PAYMENT_KEY_ID: rzp_test_'],
  ['mail to nowhere', { MAIL_PROVIDER: 'console' }, 'MAIL_PROVIDER: console'],
  ['crashes on purpose', { CRASH_AT: 'settle:after-commit' }, 'CRASH_AT'],
  ['a secret too short to keep anything', { JWT_SECRET: 'short' }, 'JWT_SECRET'],
  ['codes and keys sent in the clear', { SMS_BASE_URL: 'http://sms.example' }, 'SMS_BASE_URL'],
  ['calls to nobody', { VOICE_PROVIDERS: '' }, 'VOICE_PROVIDERS: dev'],
  ['a carrier of its own', { VOICE_PROVIDERS: 'dev' }, 'VOICE_PROVIDERS: dev'],
  ['texts to its own carrier', { SMS_PROVIDER: 'dev' }, 'SMS_PROVIDER'],
  ['calls asked for in the clear', { VOICE_BASE_URL: 'http://127.0.0.1:3001/dev/carrier' }, 'VOICE_BASE_URL'],
  ['calls at any hour', { CALL_HOURS: 'any' }, 'CALL_HOURS'],
  ['sessions sent in the clear', { PUBLIC_BASE_URL: 'http://tickets.example' }, 'PUBLIC_BASE_URL'],
  ['limits that limit nothing', { RATE_LIMIT_SCALE: '1000' }, 'RATE_LIMIT_SCALE'],
  ['no secret at all', { TICKET_SIGNING_KEY: '' }, 'TICKET_SIGNING_KEY'],
])('production refuses %s', (_what, change, problem) => {
  expect(() => readConfig({ ...good, ...change })).toThrow(problem)
})

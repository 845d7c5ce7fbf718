import { expect, test } from 'vitest'
import { secretsIn } from './secrets.ts'

test.each([
  ['private key', '-----BEGIN RSA PRIVATE KEY-----'],
  ['Razorpay key', 'key: rzp_live_Ab12Cd34Ef56Gh'],
  ['Razorpay key', 'key: rzp_test_Ab12Cd34Ef56Gh'],
  ['value of a secret', 'PAYMENT_KEY_SECRET=Ab12Cd34Ef56Gh78Ij90Kl12'],
  ['value of a secret', `TWILIO_AUTH_TOKEN: '${'0123456789abcdef'.repeat(2)}'`],
  ['value of a secret', `{ "authId": "MA${'Z1'.repeat(9)}" }`],
  ['Stripe key', `sk_live_${'a1B2'.repeat(6)}`],
  ['Twilio account', `sid AC${'0123456789abcdef'.repeat(2)}`],
  ['AWS key', 'AKIAABCDEFGHIJKLMNOP'],
  ['GitHub token', `github_pat_${'a1B2'.repeat(9)}`],
  ['GitHub token', `ghp_${'a1B2'.repeat(9)}`],
  ['password in an address', 'postgresql://app:xK9vQ2mLp@db.internal/app'],
])('finds a %s', (name, line) => {
  expect(secretsIn(line)).toContain(name)
})

test.each([
  'rzp_test_example',
  'JWT_SECRET=',
  'const proof = `${secret}`; token: hashSecret(refreshToken2)',
  'postgresql://postgres@127.0.0.1:5432/marquee',
  'postgresql://marquee:marquee@postgres:5432/marquee',
  'const url = `postgresql://${user}:${password}@${host}/x`',
  'https://example.com/a:b@c',
])('leaves %s alone', (line) => {
  expect(secretsIn(line)).toEqual([])
})

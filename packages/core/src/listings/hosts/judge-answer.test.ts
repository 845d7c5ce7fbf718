import { expect, test } from 'vitest'
import { judgeAnswer } from './judge-answer.ts'

const page = (given: Partial<Parameters<typeof judgeAnswer>[0]>) => ({
  status: 200,
  headers: {},
  body: '<title>Films in Hyderabad</title>',
  failure: null,
  ...given,
})

test.each([
  ['a page', {}, 'fine'],
  ['nothing new', { status: 304, body: '' }, 'fine'],
  ['a film that is gone', { status: 404 }, 'fine'],
  ['a move', { status: 301 }, 'fine'],
  ['too many requests', { status: 429 }, 'slow-down'],
  ['not now', { status: 503 }, 'slow-down'],
  ['forbidden', { status: 403 }, 'blocked'],
  ['a login', { status: 401 }, 'blocked'],
  ['for legal reasons', { status: 451 }, 'blocked'],
  ['a challenge with 200', { body: '<html><title>Just a moment...</title>' }, 'blocked'],
  ['a challenge with 503', { status: 503, body: '<title>Attention Required! | x</title>' }, 'blocked'],
  ['a challenge by its header', { headers: { 'cf-mitigated': 'challenge' } }, 'blocked'],
  ['a form of a gatekeeper', { body: '<div class="h-captcha" data-sitekey="x"></div>' }, 'blocked'],
  ['a film of that name', { body: `<title>Films</title><a>Just a Moment</a>` }, 'fine'],
  ['a long page with a login form', { body: `<div class="g-recaptcha"></div>${'x'.repeat(60_000)}` }, 'fine'],
  ['a script beside a healthy page', { body: '<script src="/cdn-cgi/challenge-platform/x.js"></script>' }, 'fine'],
  ['a fault of its own', { status: 500 }, 'unclear'],
  ['a bad gateway', { status: 502 }, 'unclear'],
  ['no answer', { status: null, failure: 'network' as const }, 'unclear'],
  ['half an answer', { failure: 'timeout' as const }, 'unclear'],
  ['a redirect that we did not follow', { status: 302, failure: 'refused' as const }, 'unclear'],
])('%s', (_name, given, expected) => expect(judgeAnswer(page(given))).toBe(expected))

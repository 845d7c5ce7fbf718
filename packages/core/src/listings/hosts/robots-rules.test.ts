import type { FetchedPage } from '@marquee/providers/listings/listing-source'
import { describe, expect, test } from 'vitest'
import { keepRobots, robotsDueAt, rulesOf } from './robots-rules.ts'

const T = Date.parse('2026-11-21T10:00:00Z')
const now = new Date(T)
const HOUR = 3_600_000
const never = { robotsBody: null, robotsStatus: null, robotsFetchedAt: null }
const old = { robotsBody: 'User-agent: *\nDisallow: /x', robotsStatus: 200, robotsFetchedAt: new Date(T - 25 * HOUR) }
const answer = (given: Partial<FetchedPage>): FetchedPage => ({
  key: 'robots',
  url: 'https://cinema.example/robots.txt',
  finalUrl: 'https://cinema.example/robots.txt',
  status: 200,
  headers: {},
  body: 'User-agent: *\nDisallow:',
  truncated: false,
  failure: null,
  fetchedAt: now,
  ...given,
})
const rules = (given: Partial<FetchedPage>, before: Parameters<typeof rulesOf>[0] = never) =>
  rulesOf(keepRobots(before, answer(given), now))

describe('a first answer', () => {
  test.each([
    ['a file', {}, { known: true, body: 'User-agent: *\nDisallow:' }],
    ['none', { status: 404, body: 'no' }, { known: true, body: null }],
    ['gone', { status: 410 }, { known: true, body: null }],
    ['refused', { status: 403 }, { known: false }],
    ['a login', { status: 401 }, { known: false }],
    ['for legal reasons', { status: 451 }, { known: false }],
    ['a challenge in place of none', { status: 404, body: '<title>Just a moment...</title>' }, { known: false }],
    ['too many', { status: 429 }, { known: false }],
    ['a fault', { status: 500 }, { known: false }],
    ['not now', { status: 503 }, { known: false }],
    ['no answer', { status: null, failure: 'network' as const }, { known: false }],
    ['half a file', { truncated: true }, { known: false }],
    ['a redirect elsewhere', { status: 302, failure: 'refused' as const }, { known: false }],
    ['a challenge', { body: '<title>Just a moment...</title>' }, { known: false }],
    ['a page in its place', { body: '<!doctype html><title>Cinema</title>' }, { known: true }],
  ])('%s', (_name, given, expected) => expect(rules(given)).toMatchObject(expected))
})

describe('with rules from before', () => {
  test('a site that is away, or shows a page instead, keeps them; one that refuses does not', () => {
    for (const given of [
      { status: 500 },
      { status: null, failure: 'timeout' as const },
      { body: '<html>Be right back' },
    ])
      expect(rules(given, old)).toEqual({ known: true, body: old.robotsBody })
    expect(rules({ status: 403 }, old)).toEqual({ known: false })
    expect(rules({ status: 404 }, old)).toEqual({ known: true, body: null })
    expect(rules({ body: 'User-agent: *\nDisallow: /' }, old)).toEqual({
      known: true,
      body: 'User-agent: *\nDisallow: /',
    })
  })
  test('and is asked again in an hour', () => {
    expect(robotsDueAt(keepRobots(old, answer({ status: 500 }), now), now)).toEqual(new Date(T + HOUR))
  })
})

test('a day for an answer, five minutes for none', () => {
  expect(robotsDueAt(never, now)).toBe(null)
  expect(robotsDueAt(old, now)).toBe(null)
  expect(robotsDueAt(keepRobots(never, answer({}), now), now)).toEqual(new Date(T + 24 * HOUR))
  expect(robotsDueAt(keepRobots(never, answer({ status: 404 }), now), now)).toEqual(new Date(T + 24 * HOUR))
  expect(robotsDueAt(keepRobots(never, answer({ status: 500 }), now), now)).toEqual(new Date(T + HOUR / 12))
})

test('what is kept can be stored', () => {
  expect(keepRobots(never, answer({ body: `a\0b${'x'.repeat(600_000)}` }), now).robotsBody).toHaveLength(500 * 1024 - 1)
})

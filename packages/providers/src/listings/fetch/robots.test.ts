import { describe, expect, test } from 'vitest'
import { judgeRobots } from './robots.ts'

const UA = 'MarqueeBot/1.0 (+https://marquee.example/bot)'
const judge = (body: string | null, path = '/movies', ua = UA) => judgeRobots(body, `https://cinema.example${path}`, ua)
const allowed = (body: string, path?: string) => judge(body, path).allowed

test('a site without one allows everything', () => {
  expect(judge(null)).toEqual({ allowed: true, crawlDelaySeconds: 0 })
  expect(judge('')).toEqual({ allowed: true, crawlDelaySeconds: 0 })
  expect(judge('<!doctype html><title>Not found</title>').allowed).toBe(true)
})

describe('rules', () => {
  test.each([
    ['everyone out', 'User-agent: *\nDisallow: /', '/movies', false],
    ['nothing forbidden', 'User-agent: *\nDisallow:', '/movies', true],
    ['another robot', 'User-agent: OtherBot\nDisallow: /', '/movies', true],
    ['our own group wins', 'User-agent: *\nDisallow: /\n\nUser-agent: marqueebot\nDisallow: /x', '/movies', true],
    ['and binds', 'User-agent: *\nAllow: /\n\nUser-agent: MARQUEEBOT\nDisallow: /movies', '/movies', false],
    ['by its product alone', 'User-agent: MarqueeBot/2.0 (beta)\nDisallow: /', '/movies', false],
    ['with a star after it', 'User-agent: MarqueeBot*\nDisallow: /', '/movies', false],
    ['a longer name is somebody else', 'User-agent: MarqueeBotImages\nDisallow: /', '/movies', true],
    [
      'two groups of ours are one',
      'User-agent: MarqueeBot\nDisallow: /a\n\nUser-agent: MarqueeBot\nDisallow: /b',
      '/b',
      false,
    ],
    ['several names share rules', 'User-agent: MarqueeBot\nUser-agent: x\nDisallow: /', '/movies', false],
    [
      'a sitemap between ends no group',
      'User-agent: MarqueeBot\nSitemap: /s\nUser-agent: x\nDisallow: /',
      '/movies',
      false,
    ],
    ['the longest rule', 'User-agent: *\nDisallow: /movies\nAllow: /movies/hyd', '/movies/hyd', true],
    ['a tie allows', 'User-agent: *\nDisallow: /movies\nAllow: /movies', '/movies', true],
    ['wildcards', 'User-agent: *\nDisallow: /*/buytickets', '/hyd/buytickets/1', false],
    ['an end', 'User-agent: *\nDisallow: /*.json$', '/a.json?x=1', true],
    ['a query', 'User-agent: *\nDisallow: /*?fromdate=', '/m?fromdate=2026-01-01', false],
    ['case of paths matters', 'User-agent: *\nDisallow: /Movies', '/movies', true],
    ['escapes are compared', 'User-agent: *\nDisallow: /caf%C3%A9', '/café', false],
    ['comments', '# no\nUser-agent: * # all\nDisallow: /movies # these', '/movies', false],
    ['old line ends', 'User-agent: *\rDisallow: /movies\r', '/movies', false],
    ['a byte order mark', '\uFEFFUser-agent: *\nDisallow: /', '/movies', false],
    ['the file itself', 'User-agent: *\nDisallow: /', '/robots.txt', true],
    ['spaces and odd case', '  USER-AGENT :*\n  disAllow :/movies', '/movies', false],
  ])('%s', (_name, body, path, expected) => expect(allowed(body, path)).toBe(expected))

  test('hostile names of robots and fields do nothing', () => {
    expect(allowed('User-agent: __proto__\nDisallow: /\nconstructor: x')).toBe(true)
  })
})

describe('Crawl-delay', () => {
  test.each([
    ['User-agent: *\nCrawl-delay: 30', 30],
    ['User-agent: *\nCrawl-delay: 2.5', 3],
    ['User-agent: *\nCrawl-delay: 5\n\nUser-agent: MarqueeBot\nCrawl-delay: 60', 60],
    ['User-agent: OtherBot\nCrawl-delay: 60', 0],
    ['User-agent: *\nCrawl-delay: -5', 0],
    ['User-agent: *\nCrawl-delay: soon', 0],
    ['User-agent: *\nCrawl-delay: 1e99', 86_400],
    ['User-agent: *\nCrawl-delay: Infinity', 86_400],
  ])('%j is %i s', (body, seconds) => expect(judge(body).crawlDelaySeconds).toBe(seconds))
})

describe('size', () => {
  test('what is after 500 KiB is not read', () => {
    const filler = `# ${'x'.repeat(78)}\n`.repeat(6_500)
    expect(allowed(`User-agent: *\nDisallow: /movies\n${filler}`)).toBe(false)
    expect(allowed(`${filler}User-agent: *\nDisallow: /movies\n`)).toBe(true)
  })
  test('a file made to keep us busy forbids, and soon', () => {
    const body = `User-agent: *\n${`Disallow: /${'*a'.repeat(200)}b\n`.repeat(1_200)}`
    const began = performance.now()
    expect(allowed(body, `/${'a'.repeat(1_900)}`)).toBe(false)
    expect(performance.now() - began).toBeLessThan(500)
  })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { manualClock } from '../../clock.ts'
import { fakePages } from '../../testing/fake-pages.ts'
import { type TestContext, testContext } from '../../testing/services.ts'
import { fetchPolitely } from './fetch-politely.ts'

const clock = manualClock('2026-11-21T10:00:00Z')
let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext({ clock })
})
afterAll(() => ctx.close())

test('a site of somebody else’s is given ten seconds at the least, robots.txt included', async () => {
  const pages = fakePages()
  pages.serve(() => ({ body: 'films' }))
  const plan = { key: 'p', url: 'https://cinema.example/a', method: 'GET', headers: {}, body: null } as const
  const host = { minGapMs: 0, dailyBudget: 10, allowedHosts: ['cinema.example'] }
  const look = () => fetchPolitely({ ...ctx, pages }, { host, plan: { ...plan, expects: 'html' }, conditional: null })
  const began = clock.now().getTime()
  const seen: string[] = []
  for (let second = 0; second < 45; second++) {
    const answer = await look()
    if ('page' in answer) seen.push(`${(clock.now().getTime() - began) / 1_000} s: ${answer.page.body}`)
    clock.advance(1_000)
  }
  expect(seen).toEqual(['10 s: films', '20 s: films', '30 s: films', '40 s: films'])
  expect(pages.asked.map(({ plan: asked }) => new URL(asked.url).pathname)).toEqual([
    '/robots.txt',
    '/a',
    '/a',
    '/a',
    '/a',
  ])
})

test('robots.txt of one port says nothing about another', async () => {
  const pages = fakePages()
  pages.serve(({ url }) =>
    url.endsWith(':8443/robots.txt') ? { status: 200, body: 'User-agent: *\nDisallow: /' } : {},
  )
  const host = { minGapMs: 0, dailyBudget: 10, allowedHosts: ['ports.example'] }
  const at = (url: string) => ({ key: 'p', url, method: 'GET', headers: {}, body: null, expects: 'html' }) as const
  for (const origin of ['https://ports.example', 'https://ports.example:8443'])
    await fetchPolitely({ ...ctx, pages }, { host, plan: at(`${origin}/a`), conditional: null })
  clock.advance(10_000)
  const look = (origin: string) =>
    fetchPolitely({ ...ctx, pages }, { host, plan: at(`${origin}/a`), conditional: null })
  expect(await look('https://ports.example')).toMatchObject({ page: { status: 200 } })
  expect(await look('https://ports.example:8443')).toMatchObject({ page: { failure: 'refused' } })
})

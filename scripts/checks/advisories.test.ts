import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { auditDependencies, judgeAdvisories } from './advisories.ts'

const bad = {
  github_advisory_id: 'GHSA-aaaa-bbbb-cccc',
  module_name: 'fastify',
  severity: 'high',
  title: 'Bad thing',
  vulnerable_versions: '<6.0.0',
  url: 'https://example.com/a',
}
const today = new Date('2026-11-21T10:00:00Z')
const allowed = (until: string) => [{ id: bad.github_advisory_id, reason: 'we never call it', until }]

test('an advisory fails, unless it is allowed, until its day', () => {
  expect(judgeAdvisories([], [], today)).toEqual({ code: 0, output: '' })
  expect(judgeAdvisories([bad], [], today)).toMatchObject({ code: 1, output: expect.stringContaining('GHSA-aaaa') })
  expect(judgeAdvisories([bad], allowed('2026-11-22'), today).code).toBe(0)
  expect(judgeAdvisories([bad], allowed('2026-11-21'), today)).toMatchObject({
    code: 1,
    output: expect.stringContaining('we never call it'),
  })
  expect(judgeAdvisories([], allowed('2026-11-22'), today).code).toBe(1)
})

/** A registry that answers every request with this. */
async function registry(status: number, body: string) {
  const server = createServer((_request, reply) =>
    reply.writeHead(status, { 'content-type': 'application/json' }).end(body),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}

test('a registry that knows of one: found through pnpm, and the check fails', async () => {
  const { module_name, github_advisory_id, ...rest } = bad
  const advisory = {
    ...rest,
    id: 1,
    url: `https://github.com/advisories/${github_advisory_id}`,
    cwe: [],
    cvss: { score: 7 },
  }
  const { url, close } = await registry(200, JSON.stringify({ [module_name]: [advisory] }))
  expect(await auditDependencies(url)).toMatchObject({ code: 1, output: expect.stringMatching(/^fastify .*GHSA-aaaa/) })
  close()
})

test.each([
  ['knows of none', 200, '{}', undefined],
  ['has no audit', 405, '', /not checked/],
  ['is broken', 500, '<html>', /not checked/],
  ['answers nonsense', 200, '<html>', /not checked/],
])('a registry that %s fails nothing, and what was not checked is said', async (_what, status, body, note) => {
  const { url, close } = await registry(status, body)
  const verdict = await auditDependencies(url)
  expect(verdict).toMatchObject({ code: 0, output: '' })
  if (note) expect(verdict.note).toMatch(note)
  else expect(verdict.note).toBeUndefined()
  close()
})

test('where the audit is required, one that could not be made has failed', async () => {
  const { url, close } = await registry(405, '')
  expect(await auditDependencies(url, true)).toMatchObject({ code: 1, output: expect.stringMatching(/not checked/) })
  close()
})

test('offline fails nothing, and says so', async () => {
  expect(await auditDependencies('http://127.0.0.1:1/')).toMatchObject({
    code: 0,
    note: expect.stringMatching(/not checked/),
  })
})

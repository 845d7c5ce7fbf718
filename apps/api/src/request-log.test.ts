import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { RequestLog } from './request-log.ts'

test('a request is logged by its path: what is in the query may be a secret', async () => {
  const lines: string[] = []
  const stream = { write: (line: string) => void lines.push(line) }
  const app = Fastify({ logger: { level: 'trace', stream }, logController: new RequestLog() })
  // Ours has its own answer for these too; Fastify's own one logs by itself.
  app.setNotFoundHandler(async (_request, reply) => reply.code(404).send())
  app.get('/api/tickets/verify', async () => ({ verdict: 'valid' }))
  await app.inject('/api/tickets/verify?token=let-me-in')
  await app.inject('/nowhere?token=let-me-in')
  await app.close()
  const requests = lines.filter((line) => line.includes('"status":'))
  expect(requests[0]).toContain('"path":"/api/tickets/verify"')
  expect(requests[0]).toContain('"status":200')
  expect(lines.join('')).not.toContain('let-me-in')
})

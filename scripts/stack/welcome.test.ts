import { expect, test, vi } from 'vitest'
import { sayWelcome } from './welcome.ts'

function said(env: NodeJS.ProcessEnv): string {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  sayWelcome('http://localhost:4000', env)
  const text = log.mock.calls.flat().join('\n')
  log.mockRestore()
  return text
}

test('the demo is told where what it sent can be read, and where its cinema is run', () => {
  const text = said({})
  expect(text).toMatch(/http:\/\/localhost:4000\/outbox +\(the mails, texts and calls/)
  expect(text).toContain('http://localhost:4000/dev/cinema/control')
  expect(text).toContain('http://localhost:4000/docs')
})

test('production has neither, and no account that everybody knows', () => {
  expect(said({ NODE_ENV: 'production' })).not.toMatch(/outbox|\/dev\/|Sign in as/)
})

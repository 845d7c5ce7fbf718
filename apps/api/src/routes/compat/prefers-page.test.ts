import { expect, it } from 'vitest'
import { prefersPage } from './prefers-page.ts'

it.each([
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
  ['application/json, text/plain, */*', false],
  ['*/*', false],
  ['', false],
  ['application/json;q=0.5, text/html;q=0.9', true],
  ['text/html;q=0.1, application/json', false],
  ['text/html;q=0', false],
])('%s', (accept, page) => {
  expect(prefersPage(accept)).toBe(page)
})

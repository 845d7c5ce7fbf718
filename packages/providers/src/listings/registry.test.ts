import { expect, test } from 'vitest'
import { createListingSource, isListingKind, LISTING_KINDS } from './registry.ts'
import { HYDERABAD, pageOf, targetOf } from './testing/pages.ts'

const NOW = new Date('2026-11-21T06:00:00Z')
const options = { baseUrl: 'https://listing.example', zone: null }

test('knows its kinds and nothing else', () => {
  expect(LISTING_KINDS).toHaveLength(6)
  expect(isListingKind('next-data')).toBe(true)
  for (const kind of ['', 'nextdata', 'toString', '__proto__']) expect(isListingKind(kind)).toBe(false)
})

test.each(LISTING_KINDS)('%s asks its own site only, and reads nothing out of nothing', (kind) => {
  const source = createListingSource(kind, options)
  expect(source.kind).toBe(kind)
  const plans = [...source.plan(targetOf(), NOW), ...source.planFilms(HYDERABAD, 'running', NOW)]
  expect(plans.length).toBeGreaterThan(0)
  for (const { url } of plans) expect(new URL(url).origin).toBe(options.baseUrl)
  for (const body of ['', '{}', '[]', 'null', '<html></html>', '\0'.repeat(500)]) {
    const pages = source.plan(targetOf(), NOW).map(({ key, url }) => pageOf(url, body, { key }))
    expect(source.interpret(targetOf(), pages, NOW).verdict).toBe('UNKNOWN')
    expect(source.readFilms(HYDERABAD, 'upcoming', pages, NOW).ok).toBe(false)
  }
})

import { Slug } from '@marquee/contracts/common'
import { expect, it } from 'vitest'
import { freeSlug, slugify } from './slug.ts'

it.each([
  ["The Lighthouse-Keeper's Daughter", 'the-lighthouse-keepers-daughter'],
  ['Amélie & Søn', 'amelie-and-s-n'],
  ['  12 % ', '12'],
  ['चाँद', 'film'],
  [`${'long '.repeat(40)}end`, 'long-'.repeat(18).slice(0, -1)],
])('%s', (title, slug) => {
  expect(slugify(title)).toBe(slug)
  expect(Slug.safeParse(slugify(title)).success).toBe(true)
})

it('numbers a slug that is taken', () => {
  expect(freeSlug('dune', new Set())).toBe('dune')
  expect(freeSlug('dune', new Set(['dune', 'dune-2']))).toBe('dune-3')
})

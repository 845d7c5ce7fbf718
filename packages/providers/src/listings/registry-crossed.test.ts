import { describe, expect, test } from 'vitest'
import { createListingSource, LISTING_KINDS, type ListingKind } from './registry.ts'
import { fetchFromSite, targetOf } from './simulator/read-skin.ts'
import type { SkinName } from './simulator/site-types.ts'
import { filmRequest, testSite } from './simulator/test-site.ts'

// A source set to the wrong family must see nothing at all: not a film that is open, and not one that is closed.

const OPTIONS = { baseUrl: 'https://lantern.example', zone: null }
const KIND: Partial<Record<SkinName, ListingKind>> = {
  'ticketnew-classic': 'ticketnew-classic',
  'next-data': 'next-data',
  'initial-state': 'initial-state',
  'pvr-json': 'pvr-json',
  jsonld: 'jsonld',
  'jsonld-bare': 'jsonld',
  savoy: 'savoy',
  'plain-rtl': undefined,
}

/** One house built both: what its pages of either time say is so. */
const KIN = ['ticketnew-classic', 'next-data']

describe.each(Object.keys(KIND) as SkinName[])('pages of %s', (skin) => {
  const others = LISTING_KINDS.filter((kind) => kind !== KIND[skin])
  test.each(others)('say nothing to %s', (kind) => {
    for (const isOpen of [true, false]) {
      const { site, clock, leo } = testSite(skin)
      if (isOpen) site.act({ kind: 'open', film: leo, city: 'hyderabad', dates: ['2026-12-04', '2026-12-05'] })
      const { slug } = site.films.find(({ id }) => id === leo)!
      const [path] = filmRequest(skin, leo, slug)
      const own = KIND[skin] ? createListingSource(KIND[skin], OPTIONS) : null
      const hints = { url: `${OPTIONS.baseUrl}${path}` }
      for (const date of [null, '2026-12-04']) {
        const target = targetOf(site, leo, 'hyderabad', { hints, date })
        const plans = own?.plan(target, clock.at) ?? [
          { key: 'film', url: hints.url, method: 'GET' as const, headers: {}, body: null, expects: 'html' as const },
        ]
        const pages = plans.map((plan) => fetchFromSite(site, plan, clock.at))
        expect(pages.every(({ status }) => status === 200)).toBe(true)
        const { verdict } = createListingSource(kind, OPTIONS).interpret(target, pages, clock.at)
        if (KIN.includes(kind) && KIN.includes(skin)) {
          expect(['UNKNOWN', isOpen ? 'OPEN' : 'NOT_OPEN']).toContain(verdict)
          continue
        }
        expect({ kind, isOpen, date, verdict }).toEqual({ kind, isOpen, date, verdict: 'UNKNOWN' })
        const list = createListingSource(kind, OPTIONS).readFilms(target.city, 'running', pages, clock.at)
        expect(list.ok).toBe(false)
      }
    }
  })
})

import type { ListingKind } from '@marquee/providers/listings/registry'

export type SourceCityCode = { slug: string; code: string | null }
export type SourceRowToWrite = {
  id: string
  name: string
  kind: ListingKind
  baseUrl: string
  hosts: string[]
  zone: string | null
  cities: Record<string, SourceCityCode>
  minGapMs: number
  dailyBudget: number
  intervalSeconds: number | null
  enabled: boolean
  permission: string
}

const same = (...slugs: string[]) => Object.fromEntries(slugs.map((slug) => [slug, { slug, code: null }]))
const OFF = { zone: null, minGapMs: 15_000, dailyBudget: 500, intervalSeconds: null, enabled: false, permission: '' }

/**
 * Sites that can be watched once somebody who may decide it has said why that is permitted. Cities by our own slug, as
 * each site spells them. Others of the same families take a row of their own in `listing_sources`.
 */
export const THIRD_PARTY_SOURCES: SourceRowToWrite[] = [
  {
    ...OFF,
    id: 'ticketnew',
    name: 'TicketNew',
    kind: 'ticketnew-classic',
    baseUrl: 'https://ticketnew.com',
    hosts: ['ticketnew.com', 'www.ticketnew.com'],
    cities: same('hyderabad', 'chennai', 'bengaluru', 'mumbai', 'kochi'),
  },
  {
    ...OFF,
    id: 'district',
    name: 'District',
    kind: 'next-data',
    baseUrl: 'https://www.district.in',
    hosts: ['www.district.in', 'district.in'],
    cities: {
      ...same('hyderabad', 'chennai', 'bengaluru', 'mumbai', 'kochi'),
      delhi: { slug: 'delhi-ncr', code: null },
    },
  },
  {
    ...OFF,
    id: 'bookmyshow',
    name: 'BookMyShow',
    kind: 'initial-state',
    baseUrl: 'https://in.bookmyshow.com',
    hosts: ['in.bookmyshow.com'],
    cities: {
      hyderabad: { slug: 'hyderabad', code: 'HYD' },
      chennai: { slug: 'chennai', code: 'CHEN' },
      bengaluru: { slug: 'bengaluru', code: 'BANG' },
      mumbai: { slug: 'mumbai', code: 'MUMBAI' },
      delhi: { slug: 'national-capital-region-ncr', code: 'NCR' },
      kochi: { slug: 'kochi', code: 'KOCH' },
    },
  },
  {
    ...OFF,
    id: 'pvr',
    name: 'PVR INOX',
    kind: 'pvr-json',
    baseUrl: 'https://api3.pvrcinemas.com',
    hosts: ['api3.pvrcinemas.com'],
    cities: {
      hyderabad: { slug: 'Hyderabad', code: null },
      chennai: { slug: 'Chennai', code: null },
      bengaluru: { slug: 'Bengaluru', code: null },
      mumbai: { slug: 'Mumbai-All', code: null },
      delhi: { slug: 'Delhi-NCR', code: null },
      kochi: { slug: 'Kochi', code: null },
    },
  },
]

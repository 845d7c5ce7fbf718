import { initialStateSource } from './initial-state.ts'
import { jsonldSource } from './jsonld.ts'
import type { ListingSource, SourceOptions } from './listing-source.ts'
import { nextDataSource } from './next-data.ts'
import { pvrJsonSource } from './pvr-json.ts'
import { savoySource } from './savoy.ts'
import { ticketnewClassicSource } from './ticketnew-classic.ts'

const SOURCES = {
  'ticketnew-classic': ticketnewClassicSource,
  'next-data': nextDataSource,
  'initial-state': initialStateSource,
  'pvr-json': pvrJsonSource,
  jsonld: jsonldSource,
  savoy: savoySource,
} satisfies Record<string, (options: SourceOptions) => ListingSource>

/** A family of sites whose pages can be read. */
export type ListingKind = keyof typeof SOURCES

export const LISTING_KINDS = Object.keys(SOURCES) as ListingKind[]

export const isListingKind = (kind: string): kind is ListingKind => Object.hasOwn(SOURCES, kind)

/** The reading of one site of a family. `baseUrl` is an origin, without a slash at its end. */
export const createListingSource = (kind: ListingKind, options: SourceOptions): ListingSource => SOURCES[kind](options)

export type OpenListing = (kind: string, options: SourceOptions) => ListingSource | null

/** The same by a name that a row gives. Null: no such family. */
export const openListing: OpenListing = (kind, options) =>
  isListingKind(kind) ? createListingSource(kind, options) : null

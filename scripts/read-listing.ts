import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { FetchedPage, ListingTarget } from '@marquee/providers/listings/listing-source'
import { createListingSource, isListingKind, LISTING_KINDS } from '@marquee/providers/listings/registry'

const USAGE = `npm run listing:read -- --kind <${LISTING_KINDS.join(' | ')}> --film <id> --city <slug> [options] <saved page> …

  --date 2026-11-28       the local day asked for; without it any day from today on
  --now <ISO time>        when the page was looked at; without it this moment
  --zone Asia/Kolkata     zone of the city
  --city-name, --city-code, --title, --slug, --hint key=value
  --source-zone <zone>    zone of the whole site, where it names none
  --base https://…        origin of the site
  --url https://…         where the page was found, after redirects; again for further pages
  --status 200            as the site answered
  --cut                   the page is known not to be whole
  --list running|upcoming reads a list of films instead

Several pages are taken in the order in which the source would ask for them.`

const OPTIONS = {
  kind: { type: 'string' },
  film: { type: 'string' },
  city: { type: 'string' },
  'city-name': { type: 'string' },
  'city-code': { type: 'string' },
  zone: { type: 'string', default: 'Asia/Kolkata' },
  'source-zone': { type: 'string' },
  title: { type: 'string' },
  slug: { type: 'string' },
  hint: { type: 'string', multiple: true },
  date: { type: 'string' },
  now: { type: 'string' },
  base: { type: 'string' },
  url: { type: 'string', multiple: true },
  status: { type: 'string', default: '200' },
  cut: { type: 'boolean', default: false },
  list: { type: 'string' },
} as const

const named = (slug: string) => slug.replace(/[-_]+/g, ' ').replace(/(^|\s)\p{L}/gu, (letter) => letter.toUpperCase())

/**
 * What an adapter reads in saved pages: an Observation, or with `--list` a list of films. Throws with the usage when an option
 * is missing or is none.
 */
export function readSavedPages(args: string[], read: (file: string) => string): unknown {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true })
  const { kind, film, city, list, url: addresses = [], hint = [] } = values
  if (!kind || !isListingKind(kind) || !city || (!film && !list) || positionals.length === 0) throw new Error(USAGE)
  if (list !== undefined && list !== 'running' && list !== 'upcoming') throw new Error(USAGE)
  const now = values.now ? new Date(values.now) : new Date()
  if (Number.isNaN(now.getTime())) throw new Error(`--now ${values.now} is no time`)

  const found = addresses[0] && URL.canParse(addresses[0]) ? new URL(addresses[0]).origin : 'https://site.example'
  const source = createListingSource(kind, {
    baseUrl: (values.base ?? found).replace(/\/+$/, ''),
    zone: values['source-zone'] ?? null,
  })
  const hints = Object.fromEntries(hint.map((pair) => [pair.split('=')[0]!, pair.split('=').slice(1).join('=')]))
  const town = {
    slug: city,
    code: values['city-code'] ?? null,
    name: values['city-name'] ?? named(city),
    zone: values.zone,
  }
  const target: ListingTarget = {
    siteMovieId: film ?? '',
    title: values.title ?? named(values.slug ?? ''),
    slug: values.slug ?? null,
    city: town,
    date: values.date ?? null,
    hints,
  }
  const plans = list ? source.planFilms(town, list, now) : source.plan(target, now)
  const pages: FetchedPage[] = positionals.map((file, i) => {
    const plan = plans[i]
    const asked = plan?.url ?? addresses[i] ?? ''
    return {
      key: plan?.key ?? `page-${i + 1}`,
      url: asked,
      finalUrl: addresses[i] ?? asked,
      status: Number(values.status),
      headers: {},
      body: read(file),
      truncated: values.cut,
      failure: null,
      fetchedAt: now,
    }
  })
  return list ? source.readFilms(town, list, pages, now) : source.interpret(target, pages, now)
}

/** For the terminal: prints it as JSON. */
export function readListing(args: string[]): number {
  console.log(
    JSON.stringify(
      readSavedPages(args, (file) => readFileSync(file, 'utf8')),
      null,
      2,
    ),
  )
  return 0
}

import type { Evidence, FetchedPage, UnknownReason } from '../listing-source.ts'
import { evidenceOf } from './evidence.ts'
import { htmlEnds } from './html-end.ts'

export type Health =
  | { ok: true }
  | { ok: false; verdict: 'UNKNOWN'; reason: UnknownReason; evidence: Evidence[] }
  | { ok: false; verdict: 'GONE'; reason: null; evidence: Evidence[] }

export type HealthRules = {
  expects: 'html' | 'json'
  /** The film's id in an address; a redirect to an address without it is a redirect to something else. */
  idIn?: (url: URL) => string | null
  /** Shortest body of a healthy page, in characters. */
  minimum?: number
}

/** More is not read: no listing page is that long. */
export const BODY_LIMIT = 8_000_000
const SHORTEST = { html: 160, json: 2 }

/** Whole titles and headings, so that a film of such a name is none. */
const CHALLENGE_TITLES = [
  /^just a moment(?:\.{3}|…)?$/i,
  /^attention required!?(?: \| cloudflare)?$/i,
  /^access(?: to this page has been)? denied\.?$/i,
  /^(?:\d{3} |error \d{3}:? )?(?:forbidden|too many requests)\.?$/i,
  /^(?:please )?(?:verify (?:that )?you are (?:a )?human|are you (?:a )?(?:human|robot)\??).{0,40}$/i,
  /^(?:checking|verifying) your browser.{0,60}$/i,
  /^pardon our interruption(?:\.{3}|…)?$/i,
  /^(?:unusual|suspicious) (?:traffic|activity).{0,60}$/i,
  /^(?:security (?:check|verification)|robot check|bot verification|human verification|captcha)$/i,
  /^you (?:have been|are being) (?:blocked|rate limited).{0,60}$/i,
  /^sorry,? you have been blocked.{0,40}$/i,
]
const OUTAGE_TITLES = [
  /^(?:(?:site|we(?:'|’)?re|we are|website|currently|down|scheduled|planned|system)[ ,]*){0,4}(?:is |are )?(?:currently )?(?:down |closed )?(?:under|for|in|undergoing)? ?(?:scheduled |planned |routine )?maintenance\.?(?: mode| break| page)?$/i,
  /^(?:(?:service|site|website|page) )?(?:is )?(?:temporarily|currently) (?:unavailable|down|offline)\.?$/i,
  /^(?:\d{3} |error \d{3}:? )?(?:service (?:temporarily )?unavailable|bad gateway|gateway time-?out|internal server error|application error)\.?$/i,
  /^we(?:'|’)?(?:ll| will) be (?:right |online )?back(?: soon| shortly| online| in a (?:moment|bit))*[.!]?$/i,
  /^(?:oops[!,. ]*)?something went wrong[.!]?$/i,
  /^(?:we(?:'|’)?re |you(?:'|’)?re |you are )?(?:now )?in (?:the )?(?:queue|line|waiting room).{0,40}$/i,
]
/** Markup that only a page of a guard carries; scripts that guards also put into healthy pages are not among them. */
const CHALLENGE_MARKUP =
  /_cf_chl_opt|cf-browser-verification|id=["']?(?:challenge-form|challenge-running|px-captcha|cf-error-details|sec-if-cpt-container)\b|captcha-delivery\.com\/(?:captcha|interstitial)|<iframe[^>]{0,300}_Incapsula_Resource|Request unsuccessful\. Incapsula incident/i

/** Marks of the data and links that pages about films have. */
const CARRIES_DATA =
  /__NEXT_DATA__|__next_f|__INITIAL_STATE__|\bld(?:\+|&#x2b;|&#43;|&plus;)json|\bEvents\s{0,5}=|encsessionid=|fromdate=|data-session|data-event=|movie-detail-|Online-Advance-Booking|-MV\d|\/ET\d{6}/i
/** States of a few hundred characters are those of error pages, and who the site is stands on every page: no film in them. */
const NO_FILM = [
  /<script\b[^>]{0,200}\bid=["']?__NEXT_DATA__["']?[^>]{0,200}>[^<]{0,600}<\/script>/gi,
  /__INITIAL_STATE__\s{0,5}=\s{0,5}(?:\{\s{0,5}\}|\{[^<{}]{0,300}\})/g,
  /<script\b[^>]{0,200}\bld(?:\+|&#x2b;|&#43;|&plus;)json[^>]{0,200}>(?:(?!Movie|Event|Screening|<)[\s\S]){0,8000}<\/script>/gi,
]
const carriesData = (body: string) =>
  CARRIES_DATA.test(NO_FILM.reduce((rest, pattern) => rest.replace(pattern, ''), body))
const GUARD_WORDS =
  /\b(?:verify (?:that )?you(?: are|['’]re) (?:a )?human|unusual (?:traffic|activity)|suspicious activity|enable javascript and cookies|(?:checking|verifying) (?:if the site|your browser|you are human)|are you a robot|not a robot|(?:complete|solve) the captcha|access (?:is |has been )?denied|request (?:was |has been )?blocked|you have been blocked|too many requests)\b/i
const OUTAGE_WORDS =
  /\b(?:(?:under|scheduled|planned|undergoing|routine) (?:\w+ )?maintenance|(?:we|we['’]ll|will) be (?:right )?back|back (?:online )?(?:soon|shortly)|temporarily (?:unavailable|down|offline)|(?:currently|is) (?:unavailable|down for)|technical (?:difficulties|issues?|problems?)|waiting room|in (?:the )?queue|try again (?:later|in a (?:few|moment|while)))\b/i

/** What a short page without any data of films says: that of a guard or of an outage is a few lines. */
function shortText(body: string): string {
  if (body.length > 120_000 || carriesData(body) || (body.match(/<a\b/gi)?.length ?? 0) > 30) return ''
  const text = body
    .replace(/<(script|style|head|template|h1)\b[\s\S]{0,100000}?<\/\1\s{0,5}>/gi, ' ')
    .replace(/<[^>]{0,2000}>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return text.length > 2_500 ? '' : text
}

const unknown = (reason: UnknownReason, rule: string, where: string, piece: string): Health => ({
  ok: false,
  verdict: 'UNKNOWN',
  reason,
  evidence: [evidenceOf(rule, 'veto', where, piece)],
})

/** The texts of title and headings, tags stripped, at most a few. */
function headlines(body: string): string[] {
  const found: string[] = []
  for (const match of body.slice(0, 400_000).matchAll(/<(title|h1|h2)\b[^>]{0,300}>([\s\S]{0,400}?)<\/\1\s{0,20}>/gi)) {
    found.push(
      match[2]!
        .replace(/<[^>]*>/g, ' ')
        .replaceAll('&#39;', "'")
        .replace(/\s+/g, ' ')
        .trim(),
    )
    if (found.length >= 12) break
  }
  return found
}

function bodyHealth(page: FetchedPage, rules: HealthRules): Health {
  const { body } = page
  if (body.length > BODY_LIMIT) return unknown('parse', 'page.too-long', 'body', body)
  if (rules.expects === 'html' || /^\s*</.test(body)) {
    const markup = CHALLENGE_MARKUP.exec(body)
    if (markup) return unknown('blocked', 'page.challenge', 'body', body.slice(markup.index, markup.index + 300))
    const [first = '', ...others] = headlines(body)
    // A film may be called "Access Denied"; then the title goes on with its year and its tickets.
    const isFilm = (text: string) =>
      text === '' || (first.length > text.length + 8 && first.toLowerCase().startsWith(text.toLowerCase()))
    // A page with data may keep the words for a failure ready in its markup.
    const headings = carriesData(body) ? [] : others.filter((text) => !isFilm(text))
    for (const text of [first, ...headings]) {
      if (CHALLENGE_TITLES.some((title) => title.test(text))) return unknown('blocked', 'page.challenge', 'title', text)
      if (OUTAGE_TITLES.some((title) => title.test(text))) return unknown('outage', 'page.outage', 'title', text)
    }
    const words = shortText(body)
    if (GUARD_WORDS.test(words)) return unknown('blocked', 'page.challenge', 'text', words)
    if (OUTAGE_WORDS.test(words)) return unknown('outage', 'page.outage', 'text', words)
  }
  if (page.truncated) return unknown('network', 'page.cut', 'body', body.slice(-300))
  if (body.trim().length < (rules.minimum ?? SHORTEST[rules.expects]))
    return unknown('outage', 'page.too-short', 'body', body)
  if (rules.expects === 'html' && !htmlEnds(body)) return unknown('parse', 'page.unfinished', 'body', body.slice(-300))
  return { ok: true }
}

function statusHealth(page: FetchedPage): Health {
  const { status } = page
  const piece = `${status ?? page.failure ?? 'none'} ${page.finalUrl}`
  if (page.failure === 'refused') return unknown('blocked', 'page.refused', 'transport', piece)
  if (status === null || page.failure !== null) return unknown('network', 'page.no-answer', 'transport', piece)
  if ([401, 403, 407, 429, 451].includes(status)) return unknown('blocked', 'page.status', 'status', piece)
  if (status === 404 || status === 410) {
    if (CHALLENGE_MARKUP.test(page.body)) return unknown('blocked', 'page.challenge', 'body', piece)
    return { ok: false, verdict: 'GONE', reason: null, evidence: [evidenceOf('page.gone', 'strong', 'status', piece)] }
  }
  if (status === 503 && CHALLENGE_MARKUP.test(page.body)) return unknown('blocked', 'page.challenge', 'body', piece)
  if (status === 200) return { ok: true }
  return unknown(status >= 500 ? 'outage' : 'network', 'page.status', 'status', piece)
}

function typeHealth(page: FetchedPage, expects: 'html' | 'json'): Health {
  const type = page.headers['content-type']
  if (!type) return { ok: true }
  const fits = expects === 'html' ? /html|xml/i.test(type) : /json|javascript|text\/plain/i.test(type)
  if (fits) return { ok: true }
  // A guard answers in HTML where JSON was asked for: what the page says is the better reason.
  const body = bodyHealth(page, { expects, minimum: 0 })
  if (!body.ok && body.reason === 'blocked') return body
  return unknown('outage', 'page.type', 'content-type', type)
}

function redirectHealth(page: FetchedPage, idIn: HealthRules['idIn']): Health {
  if (page.finalUrl === page.url || !URL.canParse(page.url) || !URL.canParse(page.finalUrl)) return { ok: true }
  const [from, to] = [new URL(page.url), new URL(page.finalUrl)]
  const asked = idIn?.(from) ?? null
  const lost = asked !== null && idIn?.(to) !== asked
  const home = to.pathname === '/' && from.pathname !== '/'
  return lost || home ? unknown('identity', 'page.redirect', 'url', `${page.url} -> ${page.finalUrl}`) : { ok: true }
}

/** Whether an answer is a page that may be read at all. Says nothing about what is on it. */
export function healthOf(page: FetchedPage, rules: HealthRules): Health {
  for (const health of [
    () => statusHealth(page),
    () => redirectHealth(page, rules.idIn),
    () => typeHealth(page, rules.expects),
    () => bodyHealth(page, rules),
  ]) {
    const found = health()
    if (!found.ok) return found
  }
  return { ok: true }
}

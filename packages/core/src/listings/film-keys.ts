/**
 * How two places are found to mean the same film: by its whole title, folded, and by its language where both name one.
 * Never by the beginning of a title: that is how a sequel is taken for the first part.
 */

/** ISO 639 codes and native names as sites use them. What is not here is compared as it is written. */
const LANGUAGES: Record<string, string> = {
  te: 'telugu',
  tel: 'telugu',
  ta: 'tamil',
  tam: 'tamil',
  hi: 'hindi',
  hin: 'hindi',
  kn: 'kannada',
  kan: 'kannada',
  ml: 'malayalam',
  mal: 'malayalam',
  en: 'english',
  eng: 'english',
  bn: 'bengali',
  ben: 'bengali',
  mr: 'marathi',
  mar: 'marathi',
  pa: 'punjabi',
  pan: 'punjabi',
  gu: 'gujarati',
  guj: 'gujarati',
  nl: 'dutch',
  it: 'italian',
  he: 'hebrew',
}
const NAMES = new Set(Object.values(LANGUAGES))

/** What sites put in brackets behind a title without meaning another film: language, format, certificate. */
const NOTE =
  /^(?:2d|3d|4dx|imax|mx4d|ice|screen ?x|dolby|atmos|epiq|u|ua|u ?a ?(?:7|13|16)?|a|s|dubbed|sub(?:title[sd]|bed)?)$/

const ascii = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')

/** Letters and digits of any script in lower case, one space between words. Accents of Latin letters do not count. */
export function foldTitle(title: string): string {
  const bare = ascii(title)
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/['’‘`´]/g, '')
  const noted = bare.replace(/\s*[([]([^()[\]]*)[)\]]\s*$/u, (whole, inside: string) =>
    inside.split(/[\s,/+-]+/).every((word) => isNote(word)) ? '' : whole,
  )
  return noted.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim()
}

const isNote = (word: string) => word === '' || NOTE.test(word) || NAMES.has(word) || Object.hasOwn(LANGUAGES, word)

/** "TE", "Telugu", "telugu " are one. Empty: unknown. */
export function foldLanguage(language: string | null | undefined): string {
  const folded = ascii(language ?? '')
    .trim()
    .toLowerCase()
  return Object.hasOwn(LANGUAGES, folded) ? LANGUAGES[folded]! : folded
}

/** Known on both sides and different: two films, or two cuts of one. */
export const languagesClash = (one: string | null | undefined, other: string | null | undefined): boolean => {
  const [a, b] = [foldLanguage(one), foldLanguage(other)]
  return a !== '' && b !== '' && a !== b
}

export const movieFilmKey = (movieId: string) => `movie:${movieId}`

/** For a film that only watched sites list. */
export const titleFilmKey = (title: string, language: string | null) =>
  `title:${foldTitle(title)}|${foldLanguage(language)}`

export type FilmKey = { movieId: string } | { titleKey: string; language: string | null }

/** Null: not one of our keys. */
export function readFilmKey(key: string): FilmKey | null {
  const movieId = /^movie:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(key)?.[1]
  if (movieId) return { movieId }
  const title = /^title:([^|]+)\|([^|]*)$/.exec(key)
  return title ? { titleKey: title[1]!, language: title[2] || null } : null
}

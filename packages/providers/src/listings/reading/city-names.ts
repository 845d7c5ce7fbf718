import type { SourceCity } from '../listing-source.ts'

/** Names under which the same city goes, each line one city. Letters and digits only. */
const SAME = [
  ['bengaluru', 'bangalore', 'bang'],
  ['mumbai', 'bombay'],
  ['chennai', 'madras'],
  ['kolkata', 'calcutta'],
  ['gurgaon', 'gurugram'],
  ['kochi', 'cochin', 'ernakulam'],
  ['trivandrum', 'thiruvananthapuram'],
  ['vizag', 'visakhapatnam', 'vizagvisakhapatnam'],
  ['mysuru', 'mysore'],
  ['kozhikode', 'calicut'],
  ['vadodara', 'baroda'],
  ['pondicherry', 'puducherry'],
  ['delhincr', 'delhi', 'newdelhi', 'ncr', 'nationalcapitalregionncr'],
]
const groupOf = new Map(SAME.flatMap((names) => names.map((name) => [name, names[0]!] as const)))

/** Only letters and digits, without accents, so that `Delhi/NCR` is `delhi-ncr`; other names of a city become one. */
export function cityKey(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
  return groupOf.get(plain) ?? plain
}

/** Whether a page's word for its city means this one: by slug, name or code of the source's own mapping. */
export function isCity(word: string, city: SourceCity): boolean {
  const key = cityKey(word)
  return key !== '' && [city.slug, city.name, city.code].some((name) => name !== null && cityKey(name) === key)
}

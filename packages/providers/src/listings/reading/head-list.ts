import { scriptJson } from './embedded-json.ts'
import { objectsIn, textOf } from './json-value.ts'

export type HeadEntry = { name: string | null; url: string }

/** What the head of a page lists for search engines: names and addresses, in the order of the page. */
export function headEntries(body: string): HeadEntry[] {
  const scripts = scriptJson(body, (tag) => /application\/ld\+json/i.test(tag))
  return scripts
    .flatMap((script) => (script ? (objectsIn(script.value) ?? []) : []))
    .flatMap(({ value }) => {
      const url = textOf(value.url) ?? textOf(value['@id'])
      return url ? [{ name: textOf(value.name), url }] : []
    })
}

/** What XML 1.0 has no way to write, not even escaped: control characters, halves of a pair. */
const NOT_IN_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu
const NAMED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Text as it may stand in an element or an attribute. Characters that no XML can hold become spaces. */
export const escapeXml = (text: string) =>
  text.replace(NOT_IN_XML, ' ').replace(/[&<>"']/g, (character) => NAMED[character]!)

/** One element. Attributes that are undefined are left out; `content` is markup already. */
export function element(
  name: string,
  attributes: Record<string, string | number | undefined> = {},
  content: string | null = null,
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join('')
  return content === null ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`
}

export const document = (content: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${content}</Response>`

import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FetchedPage } from '@marquee/providers/listings/listing-source'

const compress = promisify(gzip)
const MOST_BYTES = 256 * 1024

/** The pages of one look as evidence: gzip of JSON, as they came. Null: too large to keep, or nothing came. */
export async function compressPages(pages: FetchedPage[]): Promise<Uint8Array | null> {
  const kept = pages
    .filter((page) => page.body !== '')
    .map(({ key, url, finalUrl, status, headers, body, truncated, fetchedAt }) => ({
      key,
      url,
      finalUrl,
      status,
      headers,
      truncated,
      fetchedAt,
      body,
    }))
  // The first page is what the look is about; the others go first.
  for (; kept.length > 0; kept.pop()) {
    const bytes = await compress(JSON.stringify(kept))
    if (bytes.length <= MOST_BYTES) return new Uint8Array(bytes)
  }
  return null
}

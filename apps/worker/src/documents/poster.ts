import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const SOURCES = fileURLToPath(new URL('../../../web/public', import.meta.url))

/** A film's poster as JPEG, from the built web app or from its sources. Null where there is none. */
export async function loadPoster(poster: string | null, webFolder?: string): Promise<Buffer | null> {
  // The name comes from the catalogue, and catalogues are typed by people: never a path.
  if (!poster || !/^[a-z0-9-]{1,100}$/.test(poster)) return null
  for (const folder of [webFolder, SOURCES]) {
    if (!folder) continue
    const bytes = await readFile(path.join(folder, 'posters', `${poster}-pdf.jpg`)).catch(() => null)
    if (bytes) return bytes
  }
  return null
}

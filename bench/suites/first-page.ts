import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { WEB_DIST } from '../../scripts/stack/paths.ts'
import { build } from '../../scripts/stack/steps.ts'
import type { Suite } from '../suite.ts'

/** The page a first visit lands on. */
const HOME_CHUNK = /^home-page-.*\.js$/
const STATIC_IMPORT = /(?:\bfrom|\bimport)\s*"\.\/([^"]+\.js)"/g

/** Goal 18: what a browser without a cache loads before the home page works. */
export const firstPage: Suite = {
  goals: [18],
  async run(_lab, { note }) {
    await build().catch((error: unknown) => {
      if (!existsSync(WEB_DIST)) throw error
      note('the web app does not build right now: measured as it was last built')
    })
    const html = readFileSync(path.join(WEB_DIST, 'index.html'), 'utf8')
    const named = [...html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="\/([^"]+)"/g)].map((match) => match[1]!)
    const home = readdirSync(path.join(WEB_DIST, 'assets')).find((name) => HOME_CHUNK.test(name))
    if (!home) throw new Error('the home page has no chunk of its own')
    const scripts = new Set<string>()
    for (const file of [...named.filter((name) => name.endsWith('.js')), `assets/${home}`]) follow(file, scripts)
    const others = named.filter((name) => !name.endsWith('.js'))
    const size = (file: string) => {
      const full = path.join(WEB_DIST, file)
      // Fonts and pictures are compressed already; nothing gains by doing it twice.
      return /\.(js|css|svg|html)$/.test(file) ? gzipSync(readFileSync(full)).length : statSync(full).size
    }
    const sum = (files: Iterable<string>) => [...files].reduce((total, file) => total + size(file), 0) / 1024
    const js = sum(scripts)
    const rest = sum([...others, 'index.html'])
    return [
      { goal: '18a', ours: `${js.toFixed(1)} KB in ${scripts.size} files`, value: js },
      { goal: '18b', ours: `${(js + rest).toFixed(1)} KB`, value: js + rest },
    ]
  },
}

/** A script and everything it imports before it runs. */
function follow(file: string, into: Set<string>): void {
  if (into.has(file)) return
  into.add(file)
  const source = readFileSync(path.join(WEB_DIST, file), 'utf8')
  for (const match of source.matchAll(STATIC_IMPORT)) follow(path.posix.join(path.posix.dirname(file), match[1]!), into)
}

import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { DEMO_FILMS } from '@marquee/core/demo/films'
import { chromium } from '@playwright/test'
import sharp from 'sharp'
import { chromiumPath } from '../services/chromium.ts'
import { type Art, H, W } from './draw.ts'
import { loadFonts, POSTER_PAGE, posterFonts, posterSvg, showPoster } from './page.ts'

/**
 * Draws the demo films' posters: node scripts/posters/generate.ts [slug ...]
 * The result is committed, so a build needs no browser; POSTERS_TO writes somewhere else, to look before replacing.
 */
const WIDTHS = [160, 320, 640]
const PDF_WIDTH = 480

const root = fileURLToPath(new URL('../..', import.meta.url))
const out = process.env.POSTERS_TO ?? path.join(root, 'apps/web/public/posters')
mkdirSync(out, { recursive: true })
const fonts = posterFonts((pkg, file) =>
  readFileSync(path.join(root, 'apps/web/node_modules/@fontsource-variable', pkg, 'files', file)),
)
const asked = process.argv.slice(2)
const films = DEMO_FILMS.filter((film) => asked.length === 0 || asked.includes(film.slug))
if (films.length === 0) throw new Error(`No such film: ${asked.join(', ')}`)

const executablePath = await chromiumPath()
const directory = path.dirname(executablePath)
const browser = await chromium.launch({
  executablePath,
  env: { ...process.env, LD_LIBRARY_PATH: `${directory}/al2023/lib`, FONTCONFIG_PATH: `${directory}/fonts` } as Record<
    string,
    string
  >,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--font-render-hinting=none',
    '--force-color-profile=srgb',
  ],
})
try {
  // Drawn at twice the largest size: scaling down smooths the edges and keeps the grain fine.
  const page = await browser.newPage({ viewport: { width: W, height: H }, deviceScaleFactor: 2 })
  await page.setContent(POSTER_PAGE)
  await page.evaluate(loadFonts, fonts)
  for (const film of films) {
    const { draw } = (await import(`./art/${film.slug}.ts`)) as { draw: Art }
    await page.evaluate(showPoster, posterSvg(draw(film)))
    await encode(film.slug, await page.screenshot({ type: 'png' }))
    console.log(film.slug)
  }
} finally {
  await browser.close()
}

async function encode(slug: string, png: Buffer): Promise<void> {
  const file = (suffix: string) => path.join(out, `${slug}-${suffix}`)
  for (const width of WIDTHS) {
    const sized = sharp(png).resize(width)
    await sized
      .clone()
      .avif({ quality: width === 160 ? 60 : 50, effort: 4 })
      .toFile(file(`${width}.avif`))
    await sized
      .clone()
      .webp({ quality: width === 640 ? 68 : 76, effort: 6 })
      .toFile(file(`${width}.webp`))
  }
  await sharp(png).resize(PDF_WIDTH).jpeg({ quality: 80, mozjpeg: true }).toFile(file('pdf.jpg'))
}

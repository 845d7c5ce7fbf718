import { H, W } from './draw.ts'

const FONTS: [family: string, pkg: string, subset: string, weights: string, widths: string][] = [
  ['Bricolage Grotesque Variable', 'bricolage-grotesque', 'latin', '200 800', '75% 100%'],
  ['Inter Variable', 'inter', 'latin', '100 900', '100%'],
  ['Noto Sans Devanagari Variable', 'noto-sans-devanagari', 'devanagari', '100 900', '62.5% 100%'],
  ['Noto Sans Telugu Variable', 'noto-sans-telugu', 'telugu', '100 900', '75% 100%'],
  ['Noto Sans Tamil Variable', 'noto-sans-tamil', 'tamil', '100 900', '62.5% 100%'],
  ['Noto Sans Malayalam Variable', 'noto-sans-malayalam', 'malayalam', '100 900', '62.5% 100%'],
  ['Noto Sans Kannada Variable', 'noto-sans-kannada', 'kannada', '100 900', '75% 100%'],
]

export type PosterFont = { family: string; weight: string; stretch: string; data: string }

/** `font` gives the bytes of a file of a font package. */
export function posterFonts(font: (pkg: string, file: string) => Buffer): PosterFont[] {
  return FONTS.map(([family, pkg, subset, weight, stretch]) => {
    const data = font(pkg, `${pkg}-${subset}-standard-normal.woff2`).toString('base64')
    return { family, weight, stretch, data }
  })
}

/** Runs in the page, once: a font that cannot be read ends the run. */
export async function loadFonts(fonts: PosterFont[]): Promise<void> {
  for (const { family, weight, stretch, data } of fonts) {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0))
    document.fonts.add(await new FontFace(family, bytes.buffer, { weight, stretch }).load())
  }
}

/** The printed look: fine grain over everything, stronger in the mid-tones. */
const GRAIN = `<filter id="grain" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency=".62" numOctaves="2" seed="7"/><feColorMatrix values="0 0 0 0 .5  0 0 0 0 .5  0 0 0 0 .5  0 0 0 1.3 -.25"/></filter>
<filter id="chalk" x="-5%" y="-5%" width="110%" height="110%"><feTurbulence type="fractalNoise" baseFrequency=".35" numOctaves="3" seed="3" result="n"/><feDisplacementMap in="SourceGraphic" in2="n" scale="7"/></filter>
<filter id="rough" x="-5%" y="-5%" width="110%" height="110%"><feTurbulence type="fractalNoise" baseFrequency=".04" numOctaves="3" seed="5" result="n"/><feDisplacementMap in="SourceGraphic" in2="n" scale="9"/></filter>
<filter id="paper" x="-20%" y="-20%" width="140%" height="140%"><feDropShadow dx="5" dy="9" stdDeviation="7" flood-color="#3a0d16" flood-opacity=".38"/></filter>
<filter id="blur"><feGaussianBlur stdDeviation="18"/></filter>`

export const POSTER_PAGE = `<!doctype html><meta charset="utf-8"><style>
*{margin:0}body{width:${W}px;height:${H}px;overflow:hidden;background:#000}svg{display:block}text{font-kerning:normal}
</style><main></main>`

export const posterSvg = (
  art: string,
) => `<svg width="${W}" height="${H}" viewBox="0 0 ${W} ${H}"><defs>${GRAIN}</defs>${art}
<rect width="${W}" height="${H}" filter="url(#grain)" opacity=".13" style="mix-blend-mode:overlay"/></svg>`

/** Runs in the page: shows one poster, then sets every fitted line to its width and every stack to its column. */
export function showPoster(svg: string): void {
  document.querySelector('main')!.innerHTML = svg
  const CAPITAL = 0.69 // of the em, in the display face
  const fit = (text: SVGTextElement, width: number, most: number) => {
    text.setAttribute('font-size', '100')
    const size = Math.min(most, (100 * width) / text.getComputedTextLength())
    text.setAttribute('font-size', String(size))
    return size
  }
  for (const text of document.querySelectorAll<SVGTextElement>('text[data-fit]')) {
    fit(text, Number(text.dataset.fit), Number(text.dataset.most ?? 999))
  }
  for (const column of document.querySelectorAll<SVGGElement>('g[data-stack]')) {
    const { stack = '0', y = '0', gap = '0', from, most = '999' } = column.dataset
    const rows = [...column.querySelectorAll('text')]
    const heights = rows.map((row) => fit(row, Number(stack), Number(most)) * CAPITAL)
    const total = heights.reduce((sum, one) => sum + one, 0) + Number(gap) * (rows.length - 1)
    let at = Number(y) - (from === 'foot' ? total : 0)
    for (const [i, row] of rows.entries()) {
      at += heights[i] ?? 0
      row.setAttribute('y', String(at))
      at += Number(gap)
    }
  }
}

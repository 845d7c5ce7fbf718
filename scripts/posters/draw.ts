import type { DemoFilm } from '@marquee/core/demo/demo-film'

/** Every poster is drawn on 640 by 960 units. */
export const W = 640
export const H = 960

/** Draws one film's poster: SVG content, the ground included. */
export type Art = (film: DemoFilm) => string

type Attributes = Record<string, string | number | undefined>

const attributes = (all: Attributes) =>
  Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}="${typeof value === 'number' ? round(value) : value}"`)
    .join(' ')

export const round = (value: number) => Math.round(value * 100) / 100

export const rect = (x: number, y: number, width: number, height: number, fill: string, more: Attributes = {}) =>
  `<rect ${attributes({ x, y, width, height, fill, ...more })}/>`
export const ground = (fill: string) => rect(0, 0, W, H, fill)
export const circle = (cx: number, cy: number, r: number, fill: string, more: Attributes = {}) =>
  `<circle ${attributes({ cx, cy, r, fill, ...more })}/>`
export const ellipse = (cx: number, cy: number, rx: number, ry: number, fill: string, more: Attributes = {}) =>
  `<ellipse ${attributes({ cx, cy, rx, ry, fill, ...more })}/>`
export const path = (d: string, fill: string, more: Attributes = {}) => `<path ${attributes({ d, fill, ...more })}/>`
export const stroke = (d: string, colour: string, width: number, more: Attributes = {}) =>
  `<path ${attributes({ d, fill: 'none', stroke: colour, 'stroke-width': width, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', ...more })}/>`
export const group = (content: string | string[], more: Attributes = {}) =>
  `<g ${attributes(more)}>${Array.isArray(content) ? content.join('') : content}</g>`
export const times = (count: number, draw: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => draw(i)).join('')
export const polygon = (points: [number, number][]) =>
  `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`
export const polar = (cx: number, cy: number, r: number, degrees: number): [number, number] => [
  round(cx + r * Math.cos((degrees * Math.PI) / 180)),
  round(cy + r * Math.sin((degrees * Math.PI) / 180)),
]

let clips = 0
/** Shows `content` only inside `shape`. */
export function clip(shape: string, content: string, more: Attributes = {}): string {
  const id = `clip${clips++}`
  return `<clipPath id="${id}">${shape}</clipPath>${group(content, { 'clip-path': `url(#${id})`, ...more })}`
}

export type Letters = {
  fill: string
  weight?: number
  /** Width axis in percent: 75 to 100. */
  stretch?: number
  anchor?: 'start' | 'middle' | 'end'
  spacing?: number
  family?: string
  opacity?: number
  transform?: string
  stroke?: string
  strokeWidth?: number
}

const lettering = ({
  fill,
  weight = 800,
  stretch = 75,
  anchor = 'start',
  spacing = 0,
  family = DISPLAY,
  opacity,
  transform,
  stroke: ink,
  strokeWidth,
}: Letters) =>
  attributes({
    fill,
    opacity,
    transform,
    stroke: ink,
    'stroke-width': strokeWidth,
    'text-anchor': anchor,
    style: `font-family:${family};font-weight:${weight};font-stretch:${stretch}%;letter-spacing:${spacing}em`,
  })

export const DISPLAY = "'Bricolage Grotesque Variable'"
export const TEXT = "'Inter Variable'"

/** One line on its baseline, in a size or fitted to a width. */
export function line(
  text: string,
  x: number,
  y: number,
  size: number | { width: number; most?: number },
  how: Letters,
): string {
  const fit = typeof size === 'number' ? { 'font-size': size } : { 'data-fit': size.width, 'data-most': size.most }
  return `<text ${attributes({ x, y, ...fit })} ${lettering(how)}>${escapeText(text)}</text>`
}

/** Lines set solid, each as wide as the column; `y` is the top of the first capital, or the foot of the last line. */
export function stack(
  lines: string[],
  place: { x: number; y: number; width: number; gap?: number; from?: 'top' | 'foot'; most?: number },
  how: Letters,
): string {
  const { x, y, width, gap = 10, from = 'top', most } = place
  const rows = lines.map((text) => `<text ${attributes({ x })} ${lettering(how)}>${escapeText(text)}</text>`)
  return group(rows, { 'data-stack': width, 'data-y': y, 'data-gap': gap, 'data-from': from, 'data-most': most })
}

const SCRIPTS: Record<string, string> = {
  Telugu: "'Noto Sans Telugu Variable'",
  Hindi: "'Noto Sans Devanagari Variable'",
  Tamil: "'Noto Sans Tamil Variable'",
  Malayalam: "'Noto Sans Malayalam Variable'",
  Kannada: "'Noto Sans Kannada Variable'",
}

/** The title in its own script; nothing for a film without one. */
export function native(
  film: DemoFilm,
  x: number,
  y: number,
  size: number | { width: number; most?: number },
  how: Letters,
): string {
  const family = SCRIPTS[film.languages[0] ?? '']
  return film.nativeTitle && family
    ? line(film.nativeTitle, x, y, size, { weight: 600, stretch: 100, ...how, family: `${family},${TEXT}` })
    : ''
}

/** Director over cast, in small tracked capitals. */
export function credits(
  film: DemoFilm,
  x: number,
  y: number,
  how: Letters & { size?: number; lead?: string; width?: number },
): string {
  const { size = 15, lead = 'A film by', width = 560, ...letters } = how
  const small = { weight: 500, stretch: 100, spacing: 0.12, ...letters, family: TEXT }
  const people = film.cast.slice(0, 3).map(([name]) => name)
  return (
    line(`${lead} ${film.director}`.toUpperCase(), x, y, { width, most: size }, { ...small, weight: 650 }) +
    line(
      people.join('  ·  ').toUpperCase(),
      x,
      y + size * 1.55,
      { width, most: size * 0.84 },
      { ...small, opacity: 0.8 },
    )
  )
}

/** A fixed sequence for a seed, 0 <= next() < 1. */
export function dice(seed: number): () => number {
  let state = seed * 2_654_435_761
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296
  }
}

const escapeText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

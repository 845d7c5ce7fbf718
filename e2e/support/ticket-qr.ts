import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'

// A CommonJS module whose types say otherwise.
const { default: readQrCode } = createRequire(import.meta.url)('jsqr') as typeof import('jsqr')

type Square = { x: number; y: number; width: number; height: number }
const PIXELS_PER_POINT = 4
const BORDER = 20

/**
 * What the square code on a ticket's page says. The page is painted from the PDF's own drawing operators, as a viewer
 * would, and the picture is read as a camera would.
 * @throws Error when there is no code, or it cannot be read
 */
export function readTicketCode(pdf: Buffer): string {
  const squares = blackSquares(pageOperators(pdf))
  if (squares.length === 0) throw new Error('no code is drawn on the page')
  const left = Math.min(...squares.map((square) => square.x))
  const top = Math.min(...squares.map((square) => square.y))
  const width = Math.max(...squares.map((square) => square.x + square.width)) - left
  const side = Math.ceil(width * PIXELS_PER_POINT) + 2 * BORDER
  const pixel = (points: number) => Math.round(points * PIXELS_PER_POINT) + BORDER
  const data = new Uint8ClampedArray(side * side * 4).fill(255)
  for (const square of squares) {
    for (let y = pixel(square.y - top); y < pixel(square.y - top + square.height); y++)
      for (let x = pixel(square.x - left); x < pixel(square.x - left + square.width); x++)
        data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3)
  }
  const read = readQrCode(data, side, side)
  if (!read) throw new Error('the code cannot be read')
  return read.data
}

/** Rectangles filled in black, where there are enough of them together to be a code. */
function blackSquares(operators: string): Square[] {
  const squares: Square[] = []
  let path: Square[] = []
  let black = false
  for (const line of operators.split('\n')) {
    const [x = 0, y = 0, width = 0, height = 0] = line.split(' ').map(Number)
    if (line.endsWith(' re')) path.push({ x, y, width, height })
    else if (line.endsWith(' scn')) black = x === 0 && y === 0 && width === 0
    else if (line === 'f') {
      if (black && path.length > 20) squares.push(...path)
      path = []
    } else if (['S', 'n', 'W n'].includes(line)) path = []
  }
  return squares
}

/** The longest stream that draws rectangles is the page; the others are fonts and pictures. */
function pageOperators(pdf: Buffer): string {
  const pages: string[] = []
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 1)) {
    if (pdf.toString('latin1', at - 3, at) === 'end') continue
    try {
      const text = inflateSync(pdf.subarray(at + 7, pdf.indexOf('\nendstream', at))).toString('latin1')
      if (text.includes(' re\n')) pages.push(text)
    } catch {
      // Not compressed: a font's table.
    }
  }
  return pages.sort((one, other) => other.length - one.length)[0] ?? ''
}

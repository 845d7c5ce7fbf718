import { type FontName, fontFor } from './fonts.ts'

export type TextStyle = {
  font?: FontName
  size: number
  colour: string
  width: number
  align?: 'left' | 'right' | 'center'
  /** At most this many lines; the size shrinks to it, down to `smallest`, then the text is cut with an ellipsis. */
  lines?: number
  smallest?: number
  tracking?: number
}

export type Typesetter = ReturnType<typeof typesetter>

/** Text at places, in the font that can write it. Returns the y below what was set. */
export function typesetter(doc: PDFKit.PDFDocument) {
  return function set(text: string, x: number, y: number, style: TextStyle): number {
    const { size, colour, width, align = 'left', lines = 1, smallest = size, tracking = 0 } = style
    const latin = style.font ?? 'body'
    const font = fontFor(text, latin)
    shapeForgivingly(doc.font(font))
    const options = { width, align, characterSpacing: tracking, lineGap: 0 }
    let fitted = size
    const tooTall = () => doc.fontSize(fitted).heightOfString(text, options) > lineHeight(doc) * lines + 0.5
    while (fitted > smallest && (tooTall() || widestWord(doc, text, options) > width)) fitted -= 0.5
    const lineTall = lineHeight(doc.fontSize(fitted))
    const height = Math.min(doc.heightOfString(text, options), lineTall * lines)
    doc.fillColor(colour).text(text, x, y, { ...options, height: height + 0.5, ellipsis: true })
    return y + height
  }
}

const lineHeight = (doc: PDFKit.PDFDocument) => doc.currentLineHeight(true)

/** A word wider than its column would be broken in the middle; rather smaller letters. */
const widestWord = (doc: PDFKit.PDFDocument, text: string, { width: _, ...options }: PDFKit.Mixins.TextOptions) =>
  Math.max(...text.split(/\s+/).map((word) => doc.widthOfString(word, options)))

/** The part of pdfkit's current font that shapes text; its types leave it out. */
type Shaper = { layout(text: string, features?: unknown, ...rest: unknown[]): unknown }
const WITHOUT_MARKS = { abvm: false, blwm: false, mark: false, mkmk: false }
const forgiving = new WeakSet<Shaper>()

/**
 * The shaper throws on the fine placing of marks in some words (Malayalam with a chandrakkala). Those are set without
 * it, their letters and conjuncts as they should be: a ticket must never fail for want of a title.
 */
function shapeForgivingly(doc: PDFKit.PDFDocument) {
  const { font } = (doc as unknown as { _font: { font: Shaper } })._font
  if (forgiving.has(font)) return
  forgiving.add(font)
  const layout = font.layout.bind(font)
  font.layout = (text, features, ...rest) => {
    try {
      return layout(text, features, ...rest)
    } catch {
      return layout(text, WITHOUT_MARKS, ...rest)
    }
  }
}

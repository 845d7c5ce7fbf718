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

/** Text at places, in the font that can write it. Returns the y below what was set. */
export function typesetter(doc: PDFKit.PDFDocument) {
  return function set(text: string, x: number, y: number, style: TextStyle): number {
    const { size, colour, width, align = 'left', lines = 1, smallest = size, tracking = 0 } = style
    const latin = style.font ?? 'body'
    const font = fontFor(text, latin)
    doc.font(font)
    const options = { width, align, characterSpacing: tracking, lineGap: 0, ...shaping(doc, text) }
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

/**
 * Fine placing of marks fails in the shaper for some words (Malayalam with a chandrakkala): these are set without it,
 * letters and conjuncts as they should be. A ticket must never fail for want of a title.
 */
function shaping(doc: PDFKit.PDFDocument, text: string): Pick<PDFKit.Mixins.TextOptions, 'features'> {
  try {
    doc.widthOfString(text)
    return {}
  } catch {
    const features = { abvm: false, blwm: false, mark: false, mkmk: false }
    return { features: features as unknown as PDFKit.Mixins.OpenTypeFeatures[] }
  }
}

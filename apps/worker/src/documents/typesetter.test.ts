import { DEMO_FILMS } from '@marquee/core/demo/films'
import PDFDocument from 'pdfkit'
import { expect, test } from 'vitest'
import { FONT_NAMES, fontFile, fontFor } from './fonts.ts'
import { typesetter } from './typesetter.ts'

function page() {
  const doc = new PDFDocument({ size: 'A4', margin: 0, font: '' })
  doc.resume()
  for (const name of FONT_NAMES) doc.registerFont(name, fontFile(name))
  return { doc, set: typesetter(doc) }
}
const style = { size: 30, smallest: 10, colour: '#000000', width: 200, lines: 2 }

test('every film of the demo catalogue is set in its own script, within its two lines', () => {
  const { doc, set } = page()
  for (const { title, nativeTitle } of DEMO_FILMS) {
    for (const text of [title, nativeTitle]) {
      if (!text) continue
      const bottom = set(text, 0, 0, style)
      expect(bottom).toBeLessThan(2 * 30 * 1.9)
      const missing = [...text].filter((letter) => !hasGlyph(doc, letter))
      expect({ text, missing }).toEqual({ text, missing: [] })
    }
  }
})

test('the rupee sign is there in every font that writes amounts', () => {
  const { doc } = page()
  for (const name of ['body', 'strong'] as const) {
    doc.font(name)
    expect(hasGlyph(doc, '₹')).toBe(true)
  }
})

test('the script decides the font, one letter of it is enough', () => {
  expect(fontFor('Kaala', 'display')).toBe('display')
  expect(fontFor('కాల 2', 'display')).toBe('telugu')
  expect(fontFor('Part 2: காலம்', 'body')).toBe('tamil')
})

test('a long text shrinks to its lines, and is cut when it cannot', () => {
  const { doc, set } = page()
  const long = 'The extraordinarily long night of everybody '
  expect(set(long, 0, 0, style)).toBeLessThanOrEqual(2 * doc.fontSize(30).currentLineHeight(true))
  doc.font('body').fontSize(10)
  const tallest = 2 * doc.currentLineHeight(true) + 1
  expect(set(long.repeat(30), 0, 0, style)).toBeLessThanOrEqual(tallest)
})

/** pdfkit keeps the font it reads with; glyph 0 is the box for what a font has not. */
function hasGlyph(doc: PDFKit.PDFDocument, letter: string): boolean {
  const { font } = (doc as unknown as { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } })._font
  const code = letter.codePointAt(0) ?? 0
  const joiner = code === 0x200c || code === 0x200d
  return joiner || font.hasGlyphForCodePoint(code)
}

import PDFDocument from 'pdfkit'
import { FONT_NAMES, fontFile } from './fonts.ts'
import { PAGE } from './ticket-page.ts'
import { type Typesetter, typesetter } from './typesetter.ts'

/** Draws one document on A4 with our fonts in it, and gives its bytes. */
export async function drawPdf(
  info: { title: string; subject: string; createdAt: Date },
  draw: (doc: PDFKit.PDFDocument, set: Typesetter) => void,
): Promise<Uint8Array> {
  const doc = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    font: '',
    lang: 'en-IN',
    displayTitle: true,
    info: { Title: info.title, Author: 'Marquee', Subject: info.subject, CreationDate: info.createdAt },
  } as PDFKit.PDFDocumentOptions)
  const parts: Buffer[] = []
  const finished = new Promise<void>((resolve, reject) =>
    doc
      .on('data', (part: Buffer) => parts.push(part))
      .on('end', resolve)
      .on('error', reject),
  )
  for (const name of FONT_NAMES) doc.registerFont(name, fontFile(name))
  draw(doc, typesetter(doc))
  doc.end()
  await finished
  return new Uint8Array(Buffer.concat(parts))
}

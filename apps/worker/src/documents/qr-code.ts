import QRCode from 'qrcode'

/** Modules of white that scanners want around a code. */
export const QUIET_ZONE = 4

/**
 * Draws a QR code as one filled path: sharp at any size, on paper and on a zoomed phone. `size` in points includes the
 * white around it. Level M: a seventh of it may be scratched or glared away.
 */
export function drawQrCode(doc: PDFKit.PDFDocument, text: string, x: number, y: number, size: number): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const unit = size / (modules.size + 2 * QUIET_ZONE)
  doc.rect(x, y, size, size).fill('#ffffff')
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (!modules.get(row, column)) continue
      let end = column
      while (end + 1 < modules.size && modules.get(row, end + 1)) end++
      // Runs are drawn whole: separate squares show hairlines between them in some viewers.
      doc.rect(x + (QUIET_ZONE + column) * unit, y + (QUIET_ZONE + row) * unit, (end - column + 1) * unit, unit)
      column = end
    }
  }
  doc.fill('#000000')
}

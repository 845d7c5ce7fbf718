import type { InvoiceData } from '@marquee/contracts/invoices'
import type { InvoiceDocument } from '@marquee/core/invoices/render-invoice'
import { formatMinor } from '@marquee/core/money'
import { INK, MARGIN, MUTED, PAGE, RULE } from './ticket-page.ts'
import type { Typesetter } from './typesetter.ts'

const RIGHT = PAGE.width - MARGIN
/** Right edges of the columns of numbers. */
const SAC = { x: 318, width: 52 }
const QUANTITY = { x: 374, width: 34 }
const EACH = { x: 412, width: 68 }
const AMOUNT = { x: RIGHT - 76, width: 76 }
/** Lines share the room above the foot; what is many is set smaller, and none is left out. */
const TABLE_BOTTOM = 750
const BELOW_LINES = 138
const TALLEST_LINE = 36

type Column = { x: number; width: number }

/** What was sold, the tax on it, the total, and how it was paid or goes back. */
export function drawInvoiceTable(doc: PDFKit.PDFDocument, set: Typesetter, invoice: InvoiceDocument, top: number) {
  const { data, kind } = invoice
  const money = (minor: number) => rupees(minor, data.currency)
  let y = heads(set, top)
  line(doc, y, INK)
  const room = TABLE_BOTTOM - BELOW_LINES - 12 * data.paid.length - y
  const tall = Math.min(TALLEST_LINE, room / data.lines.length)
  for (const row of data.lines) {
    drawLine(set, row, y, tall, money)
    y += tall
    line(doc, y, RULE)
  }
  y += 10
  const totals: [string, string][] = [
    [
      data.taxes.length > 0 ? 'Before tax' : 'Together',
      money(data.lines.reduce((sum, row) => sum + row.totalMinor, 0)),
    ],
    ...data.taxes.map(({ name, percent, amountMinor }): [string, string] => [
      `${name} ${percent}\u00a0% on the fee of ${money(data.convenienceFeeMinor)}`,
      money(amountMinor),
    ]),
  ]
  for (const [name, amount] of totals) y = pair(set, name, amount, y, { size: 10, colour: MUTED }) + 4
  y += 4
  doc.moveTo(SAC.x, y).lineTo(RIGHT, y).lineWidth(1).stroke(INK)
  y = pair(set, kind === 'INVOICE' ? 'Total' : 'Total given back', money(data.totalMinor), y + 8, {
    size: 14,
    colour: INK,
    font: 'strong',
  })
  y += 18
  y =
    set(kind === 'INVOICE' ? 'PAID' : 'GIVEN BACK', SAC.x, y, {
      font: 'strong',
      size: 8,
      colour: MUTED,
      width: 150,
      tracking: 1.2,
    }) + 4
  for (const { by, amountMinor } of data.paid) y = pair(set, by, money(amountMinor), y, { size: 9.5, colour: INK }) + 3
}

function heads(set: Typesetter, y: number): number {
  const style = { font: 'strong', size: 8, colour: MUTED, tracking: 1.2 } as const
  set('WHAT', MARGIN, y, { ...style, width: 200 })
  for (const [name, column] of [
    ['SAC', SAC],
    ['QTY', QUANTITY],
    ['EACH', EACH],
    ['AMOUNT', AMOUNT],
  ] as const)
    set(name, column.x, y, { ...style, width: column.width, align: 'right' })
  return y + 16
}

function drawLine(
  set: Typesetter,
  row: InvoiceData['lines'][number],
  y: number,
  tall: number,
  money: (minor: number) => string,
) {
  const size = Math.min(10.5, tall / 2.5)
  const base = y + (tall - size * (row.detail ? 2.3 : 1.25)) / 2
  const width = SAC.x - MARGIN - 6
  const below = set(row.what, MARGIN, base, { font: 'strong', size, smallest: 5, colour: INK, width })
  if (row.detail) set(row.detail, MARGIN, below + 1, { size: size * 0.86, smallest: 4.5, colour: MUTED, width })
  const cell = (text: string, column: Column) =>
    set(text, column.x, base, { size, smallest: 5, colour: INK, width: column.width, align: 'right' })
  if (row.sac) cell(row.sac, SAC)
  cell(String(row.quantity), QUANTITY)
  if (row.eachMinor !== null) cell(money(row.eachMinor), EACH)
  cell(money(row.totalMinor), AMOUNT)
}

const pair = (
  set: Typesetter,
  name: string,
  amount: string,
  y: number,
  style: { size: number; colour: string; font?: 'strong' },
) => {
  set(name, SAC.x, y, { ...style, smallest: 6.5, width: AMOUNT.x - SAC.x + 10 })
  return set(amount, AMOUNT.x - 14, y, { ...style, smallest: 7, colour: INK, width: AMOUNT.width + 14, align: 'right' })
}

const line = (doc: PDFKit.PDFDocument, y: number, colour: string) =>
  doc.moveTo(MARGIN, y).lineTo(RIGHT, y).lineWidth(0.75).stroke(colour)

/** Always with paise, so that the columns stand under each other; less than nothing with a real minus. */
const rupees = (minor: number, currency: string) => {
  const text = formatMinor(Math.abs(minor), currency)
  const whole = text.includes('.') ? text : `${text}.00`
  return minor < 0 ? `−${whole}` : whole
}

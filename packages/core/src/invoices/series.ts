import type { InvoiceKind } from '@marquee/contracts/invoices'
import type { Prisma } from '../generated/prisma/client.ts'

/** Indian law counts its years from April to March, on Indian clocks, wherever the cinema or the server is. */
const LAW_TIME_ZONE = 'Asia/Kolkata'
const FIRST_MONTH = 4
const PREFIX: Record<InvoiceKind, string> = { INVOICE: 'MQ', CREDIT_NOTE: 'MC' }
/** Sixteen characters are what a number may have (CGST Rules 2017, 46 (b)): prefix, year and seven digits are just that. */
const DIGITS = 7

/** 2026-11-21 → "26-27". */
export function fiscalYear(at: Date): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: LAW_TIME_ZONE, year: 'numeric', month: 'numeric' })
  const of = (type: string) => Number(parts.formatToParts(at).find((part) => part.type === type)?.value)
  const began = of('month') >= FIRST_MONTH ? of('year') : of('year') - 1
  return [began, began + 1].map((year) => String(year % 100).padStart(2, '0')).join('-')
}

/** "MQ/26-27", "MC/26-27": numbers count from 1 in each. */
export const seriesOf = (kind: InvoiceKind, at: Date) => `${PREFIX[kind]}/${fiscalYear(at)}`
export const numberIn = (series: string, n: number) => `${series}/${String(n).padStart(DIGITS, '0')}`

/**
 * Locks a series for the rest of the transaction and tells its next number. Whoever used it says so with `takeNumber`;
 * a transaction that ends otherwise leaves no gap, and nobody else can take a number meanwhile.
 */
export async function nextNumber(tx: Prisma.TransactionClient, series: string): Promise<number> {
  await tx.$executeRaw`INSERT INTO document_series (series) VALUES (${series}) ON CONFLICT DO NOTHING`
  const [row] = await tx.$queryRaw<{ next: number }[]>`
    SELECT next FROM document_series WHERE series = ${series} FOR UPDATE`
  if (!row) throw new Error(`series ${series} is gone`)
  return row.next
}

export const takeNumber = (tx: Prisma.TransactionClient, series: string) =>
  tx.documentSeries.update({ where: { series }, data: { next: { increment: 1 } } })

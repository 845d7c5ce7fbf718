import { clsx } from 'clsx'
import type { ReactNode } from 'react'

interface Column<Row> {
  label: string
  /** Null where there is nothing: a dash in the table, and no line on the card of a phone. */
  cell: (row: Row) => ReactNode
  className?: string
}

interface DataTableProps<Row> {
  /** Read out before the table. */
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  busy?: boolean
}

/** A table that is laid out otherwise is none for some browsers, unless it says so. */
const AS = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  cell: { role: 'cell' },
} as const

/** Dense on a desktop; on a phone each row is a card with its labels. */
export function DataTable<Row>({ caption, columns, rows, keyOf, busy = false }: DataTableProps<Row>) {
  return (
    <table
      {...AS.table}
      aria-busy={busy || undefined}
      className="w-full border-collapse text-left text-14 max-md:block"
    >
      <caption className="sr-only">{caption}</caption>
      <thead {...AS.rowgroup} className="max-md:sr-only">
        <tr {...AS.row} className="border-control border-b">
          {columns.map((column) => (
            <th key={column.label} {...AS.columnheader} scope="col" className="px-2 py-2 font-medium text-muted">
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...AS.rowgroup} className="max-md:flex max-md:flex-col max-md:gap-3">
        {rows.map((row) => (
          <tr
            key={keyOf(row)}
            {...AS.row}
            className="border-line align-top hover:bg-raised max-md:block max-md:rounded-card max-md:border max-md:p-3 md:border-b"
          >
            {columns.map((column) => {
              const content = column.cell(row)
              return (
                <td
                  key={column.label}
                  {...AS.cell}
                  className={clsx(
                    'wrap-anywhere px-2 py-1.5 max-md:gap-3 max-md:px-0',
                    content === null ? 'max-md:hidden' : 'max-md:flex',
                    column.className,
                  )}
                >
                  <span aria-hidden="true" className="w-24 shrink-0 text-muted md:hidden">
                    {column.label}
                  </span>
                  <span className="min-w-0">{content ?? <span className="text-muted">–</span>}</span>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

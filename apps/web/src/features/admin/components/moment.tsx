import { formatMoment } from '../../../lib/format.ts'

const seconds = (instant: string) => `:${String(new Date(instant).getSeconds()).padStart(2, '0')}`

/** When, on the clock of whoever reads; a dash where it never was. `exact`: to the second. */
export function Moment({ at, exact = false }: { at: string | null; exact?: boolean }) {
  if (!at) return <span className="text-muted">–</span>
  return (
    <time dateTime={at}>
      {formatMoment(at)}
      {exact && seconds(at)}
    </time>
  )
}

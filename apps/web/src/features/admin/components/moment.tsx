import { formatMoment } from '../../../lib/format.ts'

/** When, on the clock of whoever reads; a dash where it never was. */
export function Moment({ at }: { at: string | null }) {
  return at ? <time dateTime={at}>{formatMoment(at)}</time> : <span className="text-muted">–</span>
}

import { formatMoney } from '../../lib/format.ts'

/** @param minor paise */
export function Price({ minor, exact = false, className }: { minor: number; exact?: boolean; className?: string }) {
  return (
    <data value={minor / 100} className={className}>
      {formatMoney(minor, { exact })}
    </data>
  )
}

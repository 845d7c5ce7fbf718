import type { AlertFilm } from '@marquee/contracts/alerts'
import { clsx } from 'clsx'
import { Badge } from '../../../components/ui/badge.tsx'
import { formatReleaseDate } from '../../../lib/format.ts'

/** Title, and what tells it from another of that title: day, language, whether it is sold already. */
export function FilmLine({
  film,
  today,
  strong = false,
  className,
}: {
  film: AlertFilm
  today: string
  strong?: boolean
  className?: string
}) {
  const facts = [
    film.releaseDate && film.releaseDate > today ? formatReleaseDate(film.releaseDate, today) : null,
    film.language,
  ].filter(Boolean)
  return (
    <span className={clsx('block min-w-0', className)}>
      <span
        className={clsx('block wrap-anywhere leading-snug', strong ? 'font-bold font-display text-20' : 'font-medium')}
      >
        {film.title}
      </span>
      <span className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-14 text-muted">
        {facts.length > 0 && <span>{facts.join(' · ')}</span>}
        {film.onSaleAt.length > 0 && <Badge tone="ok">On sale now</Badge>}
      </span>
    </span>
  )
}

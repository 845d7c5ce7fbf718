import type { TheatreCard as TheatreCardData } from '@marquee/contracts/theatres'
import { Link } from 'react-router'
import { formatRating, plural } from '../../../lib/format.ts'
import { paths } from '../../../lib/paths.ts'

export function TheatreCard({
  theatre,
  headingLevel: Heading = 'h2',
}: {
  theatre: TheatreCardData
  headingLevel?: 'h2' | 'h3'
}) {
  return (
    <Link
      to={paths.theatre(theatre.slug)}
      className="flex h-full flex-col rounded-card border border-line bg-raised p-5 transition-colors duration-150 hover:border-control"
    >
      <Heading className="text-20 leading-snug">{theatre.name}</Heading>
      <p className="mt-1 text-14 text-muted">
        {theatre.area} · {plural(theatre.screenCount, 'screen')}
        {theatre.ratingCount > 0 && (
          <>
            {' '}
            · <b className="font-semibold text-text">{formatRating(theatre.ratingAverage)}</b> of 10
          </>
        )}
      </p>
      {theatre.amenities.length > 0 && (
        <p className="mt-auto line-clamp-2 pt-4 text-14 text-muted">{theatre.amenities.join(' · ')}</p>
      )}
    </Link>
  )
}

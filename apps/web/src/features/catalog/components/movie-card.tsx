import type { MovieCard as MovieCardData } from '@marquee/contracts/movies'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Poster } from '../../../components/ui/poster.tsx'
import { Price } from '../../../components/ui/price.tsx'
import { formatReleaseDate } from '../../../lib/format.ts'
import { paths } from '../../../lib/paths.ts'
import { movieQuery } from '../queries.ts'
import { MovieBell } from './movie-bell.tsx'
import { MovieFacts } from './movie-facts.tsx'

const SIZES = '(width >= 80rem) 190px, (width >= 52rem) 22vw, (width >= 40rem) 30vw, 46vw'

interface MovieCardProps {
  movie: MovieCardData
  /** Today in the city; with it a film that is still to come shows its date. */
  today: string
  /** Said in place of a price where there is none. */
  unpriced?: string | undefined
  /** Asked for already, and carried on to the film's page. */
  plan?: { date?: string | undefined; count?: number | undefined } | undefined
  headingLevel?: 'h2' | 'h3'
}

export function MovieCard({
  movie,
  today,
  unpriced = 'times not published',
  plan,
  headingLevel: Heading = 'h3',
}: MovieCardProps) {
  const client = useQueryClient()
  const coming = movie.releaseDate > today
  const warm = () => void client.prefetchQuery(movieQuery(movie.slug))
  return (
    <div className="flex h-full flex-col">
      <Link
        to={paths.film(movie.slug, plan)}
        onPointerEnter={warm}
        onFocus={warm}
        className="group block rounded-poster outline-offset-6"
      >
        <Poster
          title={movie.title}
          nativeTitle={movie.nativeTitle}
          poster={movie.poster}
          colour={movie.posterColour}
          sizes={SIZES}
        />
        <Heading className="mt-3 line-clamp-2 font-semibold text-[1.0625rem] leading-snug underline-offset-4 group-hover:underline">
          {movie.title}
        </Heading>
        {coming ? (
          <p className="mt-1 text-14 text-muted">
            <b className="font-medium text-marquee-text">{formatReleaseDate(movie.releaseDate, today)}</b> ·{' '}
            {movie.language}
          </p>
        ) : (
          <MovieFacts
            movie={movie}
            show={['certificate', 'runtime', 'language']}
            className="mt-1 text-14 leading-snug"
          />
        )}
        {!coming && movie.priceFromMinor === null && <p className="mt-0.5 text-14 text-muted">{unpriced}</p>}
        {movie.priceFromMinor !== null && (
          <p className="mt-0.5 text-14 text-muted">
            {coming && 'on sale, '}from <Price minor={movie.priceFromMinor} />
          </p>
        )}
      </Link>
      {movie.priceFromMinor === null && <MovieBell slug={movie.slug} title={movie.title} />}
    </div>
  )
}

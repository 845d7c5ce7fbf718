import type { MovieCard as MovieCardData } from '@marquee/contracts/movies'
import { Loading, Skeleton } from '../../../components/ui/skeleton.tsx'
import { MovieCard } from './movie-card.tsx'

const grid = 'grid grid-cols-2 gap-x-3.5 gap-y-7 sm:grid-cols-3 sm:gap-x-5 md:grid-cols-4 lg:grid-cols-5 xl:grid-cols-6'

interface MovieGridProps {
  movies: readonly MovieCardData[]
  today: string
  /** Said in place of a price where there is none. */
  unpriced?: string | undefined
  /** Asked for already, and carried on to the film's page. */
  plan?: { date?: string | undefined; count?: number | undefined } | undefined
  headingLevel?: 'h2' | 'h3'
}

export function MovieGrid({ movies, today, unpriced, plan, headingLevel = 'h3' }: MovieGridProps) {
  return (
    <ul className={grid}>
      {movies.map((movie) => (
        <li key={movie.id} className="min-w-0">
          <MovieCard movie={movie} today={today} unpriced={unpriced} plan={plan} headingLevel={headingLevel} />
        </li>
      ))}
    </ul>
  )
}

export function MovieGridSkeleton({ count = 6, label = 'Loading films' }: { count?: number; label?: string }) {
  return (
    <Loading label={label} className={grid}>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks without identity
        <div key={index}>
          <Skeleton className="aspect-2/3 w-full rounded-poster" />
          <Skeleton className="mt-3 h-5 w-4/5" />
          <Skeleton className="mt-2 h-4 w-3/5" />
        </div>
      ))}
    </Loading>
  )
}

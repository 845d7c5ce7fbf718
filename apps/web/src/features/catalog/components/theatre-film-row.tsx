import type { TheatreDay } from '@marquee/contracts/showtimes'
import { Link } from 'react-router'
import { Poster } from '../../../components/ui/poster.tsx'
import { Skeleton } from '../../../components/ui/skeleton.tsx'
import { paths } from '../../../lib/paths.ts'
import { MovieFacts } from './movie-facts.tsx'
import { ShowtimeChipSkeleton } from './showtime-chip.tsx'
import { ShowtimeList } from './theatre-row.tsx'

interface TheatreFilmRowProps {
  row: TheatreDay['movies'][number]
  date: string
  timeZone: string
  now: number
  count?: number | undefined
}

const shape =
  'grid grid-cols-[4rem_1fr] gap-x-4 gap-y-4 border-line border-b py-6 md:grid-cols-[5.5rem_16rem_1fr] md:gap-x-6'

export function TheatreFilmRow({ row, date, timeZone, now, count }: TheatreFilmRowProps) {
  const { movie } = row
  return (
    <li className={shape}>
      <Link to={paths.film(movie.slug, { date, count })} tabIndex={-1} aria-hidden="true">
        <Poster
          title={movie.title}
          nativeTitle={movie.nativeTitle}
          poster={movie.poster}
          colour={movie.posterColour}
          sizes="88px"
        />
      </Link>
      <div className="min-w-0">
        <h3 className="text-20 leading-snug">
          <Link to={paths.film(movie.slug, { date, count })} className="underline-offset-4 hover:underline">
            {movie.title}
          </Link>
        </h3>
        <MovieFacts movie={movie} show={['certificate', 'runtime', 'genres']} className="mt-1 text-14" />
      </div>
      <div className="min-w-0 max-md:col-span-2">
        <ShowtimeList showtimes={row.showtimes} timeZone={timeZone} now={now} count={count} />
      </div>
    </li>
  )
}

export function TheatreFilmRowSkeleton() {
  return (
    <div className={shape}>
      <Skeleton className="aspect-2/3 rounded-poster" />
      <div>
        <Skeleton className="h-6 w-44" />
        <Skeleton className="mt-2 h-4 w-32" />
      </div>
      <div className="flex flex-wrap gap-2.5 max-md:col-span-2">
        {[1, 2, 3].map((chip) => (
          <ShowtimeChipSkeleton key={chip} />
        ))}
      </div>
    </div>
  )
}

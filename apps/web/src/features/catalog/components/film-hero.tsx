import type { Movie } from '@marquee/contracts/movies'
import type { ReactNode } from 'react'
import { Poster } from '../../../components/ui/poster.tsx'
import { Skeleton } from '../../../components/ui/skeleton.tsx'
import { MovieFacts } from './movie-facts.tsx'
import { NextShowSkeleton } from './next-show.tsx'

const shape =
  'grid grid-cols-[6.5rem_1fr] items-start gap-x-4 gap-y-4 sm:grid-cols-[11rem_1fr] sm:gap-x-8 lg:grid-cols-[16rem_1fr] lg:items-end lg:gap-x-12'

export function FilmHero({ movie, children }: { movie: Movie; children: ReactNode }) {
  return (
    <div className={shape}>
      <Poster
        title={movie.title}
        nativeTitle={movie.nativeTitle}
        poster={movie.poster}
        colour={movie.posterColour}
        sizes="(width >= 64rem) 256px, (width >= 40rem) 176px, 104px"
        alt={`Poster of ${movie.title}`}
        priority
        className="shadow-float sm:row-span-2"
      />
      <div className="min-w-0">
        <h1 className="max-w-[18ch] text-26 leading-[1.05] sm:text-48 lg:font-[760]">{movie.title}</h1>
        {movie.nativeTitle && <p className="mt-1.5 font-display text-16 text-muted sm:text-20">{movie.nativeTitle}</p>}
        <MovieFacts movie={movie} className="mt-2.5 max-sm:text-14" />
        {movie.tagline && <p className="mt-2.5 line-clamp-2 text-14 sm:hidden">{movie.tagline}</p>}
        <p className="mt-4 max-w-[62ch] max-sm:hidden">{movie.synopsis}</p>
      </div>
      <div className="col-span-2 min-w-0 sm:col-span-1">{children}</div>
    </div>
  )
}

export function FilmHeroSkeleton() {
  return (
    <div className={shape}>
      <Skeleton className="aspect-2/3 w-full rounded-poster sm:row-span-2" />
      <div className="flex flex-col gap-3">
        <Skeleton className="h-8 w-4/5 max-w-96 sm:h-12" />
        <Skeleton className="h-5 w-full max-w-80" />
        <Skeleton className="mt-2 h-16 w-full max-w-lg max-sm:hidden" />
      </div>
      <div className="col-span-2 sm:col-span-1">
        <NextShowSkeleton />
      </div>
    </div>
  )
}

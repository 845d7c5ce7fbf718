import type { MovieCard } from '@marquee/contracts/movies'
import { clsx } from 'clsx'
import { formatCount, formatRating, formatRuntime, spokenRuntime } from '../../../lib/format.ts'

type Fact = 'certificate' | 'runtime' | 'language' | 'genres' | 'rating'

interface MovieFactsProps {
  movie: MovieCard
  show?: readonly Fact[]
  className?: string
}

const ALL: readonly Fact[] = ['certificate', 'runtime', 'language', 'genres', 'rating']

/** The facts in one line. A dot never starts a line: it belongs to the fact before it. */
export function MovieFacts({ movie, show = ALL, className }: MovieFactsProps) {
  const facts = show.map((fact) => ({ fact, node: one(movie, fact) })).filter((entry) => entry.node !== null)
  return (
    <p className={clsx('text-muted', className)}>
      {facts.map(({ fact, node }, index) => (
        <span key={fact} className="inline-block">
          {node}
          {index < facts.length - 1 && (
            <span aria-hidden="true" className="mx-[0.45em]">
              ·
            </span>
          )}
          {index < facts.length - 1 && <span className="sr-only">, </span>}
        </span>
      ))}
    </p>
  )
}

function one(movie: MovieCard, fact: Fact) {
  switch (fact) {
    case 'certificate':
      return movie.certificate
    case 'runtime':
      return movie.runtimeMinutes > 0 ? (
        <>
          <span aria-hidden="true">{formatRuntime(movie.runtimeMinutes)}</span>
          <span className="sr-only">{spokenRuntime(movie.runtimeMinutes)}</span>
        </>
      ) : null
    case 'language':
      return movie.language
    case 'genres':
      return movie.genres.length > 0 ? movie.genres.slice(0, 3).join(', ') : null
    case 'rating':
      return movie.ratingCount > 0 ? (
        <>
          <b className="font-semibold text-text">{formatRating(movie.ratingAverage)}</b> from{' '}
          {formatCount(movie.ratingCount)} who went
        </>
      ) : null
    default:
      return fact satisfies never
  }
}

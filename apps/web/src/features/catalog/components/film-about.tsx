import type { Movie } from '@marquee/contracts/movies'
import { Trailer } from './trailer.tsx'

export function FilmAbout({ movie }: { movie: Movie }) {
  return (
    <section aria-labelledby="about" className="flex flex-col gap-8">
      <h2 id="about" className="text-26 sm:text-34">
        About the film
      </h2>
      <p className="max-w-[62ch] sm:hidden">{movie.synopsis}</p>
      <Trailer url={movie.trailerUrl} title={movie.title} colour={movie.posterColour} />
      <dl className="grid gap-x-10 gap-y-6 sm:grid-cols-2 lg:grid-cols-4">
        {movie.director && (
          <div>
            <dt className="text-14 text-muted">Director</dt>
            <dd className="font-medium">{movie.director}</dd>
          </div>
        )}
        {movie.cast.map((person) => (
          <div key={`${person.name} ${person.role}`} className="min-w-0">
            <dt className="text-14 text-muted">{person.role || 'Cast'}</dt>
            <dd className="font-medium">{person.name}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

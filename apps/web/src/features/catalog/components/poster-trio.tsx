import { useQuery } from '@tanstack/react-query'
import { Poster } from '../../../components/ui/poster.tsx'
import { useCityChoice } from '../../../lib/city.ts'
import { homeQuery } from '../queries.ts'

/** Three of tonight's posters for the quiet side of a page. Decoration: nothing waits for it, nobody hears it. */
export function PosterTrio() {
  const slug = useCityChoice((state) => state.slug)
  const home = useQuery(homeQuery(slug))
  const movies = home.data?.running.slice(0, 3) ?? []
  return (
    <div aria-hidden="true" className="hidden items-start justify-end gap-6 lg:flex">
      {movies.map((movie, index) => (
        <Poster
          key={movie.id}
          title={movie.title}
          nativeTitle={movie.nativeTitle}
          poster={movie.poster}
          colour={movie.posterColour}
          sizes="200px"
          className={['mt-0 max-w-50', 'mt-16 max-w-50', 'mt-8 max-w-50'][index]}
        />
      ))}
    </div>
  )
}

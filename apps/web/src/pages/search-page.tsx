import type { City } from '@marquee/contracts/cities'
import type { TheatreCard as TheatreCardData } from '@marquee/contracts/theatres'
import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'
import { EmptyState } from '../components/ui/empty-state.tsx'
import { ErrorState } from '../components/ui/error-state.tsx'
import { Input } from '../components/ui/field.tsx'
import { LinkButton } from '../components/ui/link-button.tsx'
import { MovieGrid, MovieGridSkeleton } from '../features/catalog/components/movie-grid.tsx'
import { ShownElsewhere } from '../features/catalog/components/shown-elsewhere.tsx'
import { TheatreCard } from '../features/catalog/components/theatre-card.tsx'
import { matchTheatres } from '../features/catalog/match-theatres.ts'
import { homeQuery, movieSearchQuery, theatresQuery } from '../features/catalog/queries.ts'
import { useCities, useCity } from '../features/cities/queries.ts'
import { useDebounced } from '../lib/debounced.ts'
import { localDate, plural } from '../lib/format.ts'
import { useNow } from '../lib/now.ts'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'

/** Long enough to finish a word, short enough to feel immediate. */
const TYPING_MS = 250
const MOST_TYPED = 100

export function SearchPage() {
  const [params, setParams] = useSearchParams()
  const [text, setText] = useState(params.get('q') ?? '')
  const q = useDebounced(text, TYPING_MS).trim()
  const city = useCity()
  const now = useNow()
  // A search without a city would show prices from anywhere; only where the cities fail it goes without.
  const cities = useCities()
  const films = useQuery({
    ...movieSearchQuery(q, city?.slug),
    enabled: q !== '' && (city !== undefined || cities.isError),
  })
  const theatres = useQuery(theatresQuery(city?.slug))
  const home = useQuery({ ...homeQuery(city?.slug ?? null), enabled: city !== undefined && q === '' })
  const found = films.data?.data ?? []
  const cinemas = matchTheatres(theatres.data?.items ?? [], q)
  const today = localDate(new Date(now), city?.timeZone ?? 'UTC')
  const settled = q !== '' && films.isSuccess && !films.isPlaceholderData && text.trim() === q
  const nothing = settled && found.length === 0 && cinemas.length === 0
  // Asked only then: every cinema of every city is a long list.
  const everywhere = useQuery({ ...theatresQuery(null), enabled: nothing })
  const cinemaCities = citiesOf(matchTheatres(everywhere.data?.items ?? [], q), cities.data ?? [], city)
  const elsewhere = found.length > 0 ? (films.data?.elsewhere ?? []) : cinemaCities
  usePageTitle(q ? `“${q}”` : 'Search')

  // The URL follows what was typed, so that a reload or the back button from a film finds it again.
  useEffect(() => {
    if ((params.get('q') ?? '') === q) return
    setParams(q ? { q } : {}, { replace: true, preventScrollReset: true })
  }, [q, params, setParams])

  return (
    <div className="wrap pt-4 sm:pt-8">
      <h1 className="text-34 sm:text-48">Search</h1>
      <search className="relative mt-4 block max-w-2xl">
        <Search
          aria-hidden="true"
          className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-4 size-5 text-muted"
        />
        <Input
          type="search"
          aria-label="Films, people, genres, cinemas"
          placeholder="A film, a person, a genre, a cinema"
          // The page is this field: whoever came here came to type.
          autoFocus
          autoComplete="off"
          enterKeyHint="search"
          maxLength={MOST_TYPED}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="pl-12 text-[1.0625rem]"
        />
      </search>
      <p role="status" className="mt-4 mb-6 min-h-6 text-14 text-muted">
        {settled && countFound(films.data.total, cinemas.length)}
      </p>

      {q === '' && home.data && (
        <section aria-labelledby="popular">
          <h2 id="popular" className="mb-5 text-26">
            Popular in {home.data.city.name}
          </h2>
          <MovieGrid movies={home.data.running.slice(0, 6)} today={today} />
        </section>
      )}
      {q !== '' && films.isPending && <MovieGridSkeleton />}
      {q !== '' && films.isError && (
        <ErrorState
          error={films.error}
          title="The search did not work"
          onRetry={() => void films.refetch()}
          retrying={films.isFetching}
        />
      )}
      {city && settled && elsewhere.length > 0 && (
        <ShownElsewhere here={city.name} what={found.length > 0 ? 'Showing' : 'Found'} cities={elsewhere} />
      )}
      {q !== '' && cinemas.length > 0 && (
        <section aria-labelledby="cinemas" className="mb-12">
          <h2 id="cinemas" className="mb-4 text-26">
            Cinemas
          </h2>
          <ul className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
            {cinemas.slice(0, 6).map((theatre) => (
              <li key={theatre.id} className="min-w-0">
                <TheatreCard theatre={theatre} headingLevel="h3" />
              </li>
            ))}
          </ul>
        </section>
      )}
      {q !== '' && found.length > 0 && (
        <section aria-labelledby="films">
          <h2 id="films" className="mb-5 text-26">
            Films
          </h2>
          <MovieGrid movies={found} today={today} unpriced={city ? `No times in ${city.name}` : undefined} />
        </section>
      )}
      {nothing && elsewhere.length === 0 && !everywhere.isLoading && (
        <EmptyState
          title={`Nothing found for “${q}”`}
          action={<LinkButton to={paths.films()}>All films showing now</LinkButton>}
        >
          Try fewer letters, a director’s or an actor’s name, a genre or a language.
        </EmptyState>
      )}
    </div>
  )
}

/** The other cities that these cinemas are in. */
function citiesOf(theatres: readonly TheatreCardData[], cities: readonly City[], here: City | undefined): City[] {
  return cities.filter(({ slug }) => slug !== here?.slug && theatres.some(({ citySlug }) => citySlug === slug))
}

/** Cinemas are mentioned where there are some, and films are left out where there are only cinemas. */
function countFound(films: number, cinemas: number): string {
  if (cinemas === 0) return plural(films, 'film')
  return films === 0 ? plural(cinemas, 'cinema') : `${plural(films, 'film')} and ${plural(cinemas, 'cinema')}`
}

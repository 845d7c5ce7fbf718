import { CastMember, type Movie, type MovieCard } from '@marquee/contracts/movies'
import { z } from 'zod'
import type { Movie as MovieRow } from '../generated/prisma/client.ts'

const Cast = z.array(CastMember).catch([])

/** A movie as a poster grid shows it. `priceFromMinor` depends on the city asked for, so it is never in the row. */
export function movieCard(row: Omit<MovieRow, 'cast'>, priceFromMinor: number | null): MovieCard {
  return {
    id: row.id,
    slug: row.slug,
    title: row.title,
    nativeTitle: row.nativeTitle,
    certificate: row.certificate,
    runtimeMinutes: row.runtimeMinutes,
    language: row.language,
    genres: row.genres,
    releaseDate: row.releaseDate.toISOString().slice(0, 10),
    poster: row.poster,
    posterColour: row.posterColour,
    ratingAverage: row.ratingAverage,
    ratingCount: row.ratingCount,
    featured: row.featured,
    priceFromMinor,
  }
}

export function movieDetail(row: MovieRow, priceFromMinor: number | null): Movie {
  return {
    ...movieCard(row, priceFromMinor),
    tagline: row.tagline,
    synopsis: row.synopsis,
    director: row.director,
    cast: Cast.parse(row.cast),
    trailerUrl: row.trailerUrl,
    defaultPriceMinor: row.defaultPriceMinor,
  }
}

/** UUIDs and slugs never look alike. */
export const byIdOrSlug = (idOrSlug: string) =>
  z.uuid().safeParse(idOrSlug).success ? { id: idOrSlug } : { slug: idOrSlug }

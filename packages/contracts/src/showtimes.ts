import { z } from 'zod'
import { CancellationTiers } from './cancellations.ts'
import { City } from './cities.ts'
import { Id, Instant, LocalDate, Minor, Text } from './common.ts'
import { MovieCard } from './movies.ts'
import { TheatreCard } from './theatres.ts'

/** Counted by seats: under 30 % left is filling fast; lapsed has begun. */
export const ShowtimeAvailability = z.enum(['available', 'filling_fast', 'sold_out', 'lapsed'])
export type ShowtimeAvailability = z.infer<typeof ShowtimeAvailability>

/** One time chip. */
export const ShowtimeCard = z
  .object({
    id: Id,
    /** Advertised start, when the advertisements begin. */
    startsAt: Instant,
    filmStartsAt: Instant,
    /** Out by. */
    endsAt: Instant,
    screenName: z.string(),
    language: z.string(),
    format: z.string(),
    captions: z.string().nullable(),
    priceFromMinor: Minor,
    seatsLeft: z.int(),
    seatCount: z.int(),
    status: ShowtimeAvailability,
  })
  .meta({ id: 'ShowtimeCard' })
export type ShowtimeCard = z.infer<typeof ShowtimeCard>

export const TheatreShowtimes = z.object({
  theatre: TheatreCard,
  showtimes: z.array(ShowtimeCard),
})
export type TheatreShowtimes = z.infer<typeof TheatreShowtimes>

/** GET /api/movies/:id/showtimes: one day in one city, by theatre, and the days that have any. */
export const MovieShowtimesQuery = z.object({
  date: LocalDate.optional(),
  city: Text(60).min(1).optional(),
})
export const MovieShowtimes = z
  .object({
    city: City,
    date: LocalDate,
    /** Days of the coming fourteen with at least one showtime. */
    dates: z.array(LocalDate),
    theatres: z.array(TheatreShowtimes),
    /** Only while there are no such days: the city's theatres that have the film on their programme without times. */
    programmedAt: z.array(TheatreCard),
  })
  .meta({ id: 'MovieShowtimes' })
export type MovieShowtimes = z.infer<typeof MovieShowtimes>

/** GET /api/theatres/:id/showtimes: one day at one theatre, by film. */
export const TheatreDay = z
  .object({
    date: LocalDate,
    dates: z.array(LocalDate),
    movies: z.array(z.object({ movie: MovieCard, showtimes: z.array(ShowtimeCard) })),
  })
  .meta({ id: 'TheatreDay' })
export type TheatreDay = z.infer<typeof TheatreDay>

/** Everything the seat page says about a showtime; changes rarely. */
export const Showtime = ShowtimeCard.extend({
  seatLayoutId: Id,
  maxSeatsPerBooking: z.int(),
  movie: MovieCard,
  theatre: TheatreCard,
  city: City,
  /** Price by section of the layout, the same for every seat in it. */
  prices: z.array(z.object({ section: z.string(), priceMinor: Minor })),
  /** What comes back of a booking made now: in words by cancellationTerms of terms.ts. */
  cancellationTiers: CancellationTiers,
}).meta({ id: 'Showtime' })
export type Showtime = z.infer<typeof Showtime>

/** GET /api/home: the first screen in one answer. */
export const Home = z
  .object({
    city: City,
    /** Today in the city's zone. */
    date: LocalDate,
    feature: z
      .object({
        movie: MovieCard.extend({ tagline: z.string(), synopsis: z.string() }),
        /** The next showtimes in the city, soonest first, at most six. */
        showtimes: z.array(ShowtimeCard.extend({ theatreName: z.string(), theatreArea: z.string() })),
        showtimesToday: z.int(),
      })
      .nullable(),
    running: z.array(MovieCard),
    upcoming: z.array(MovieCard),
  })
  .meta({ id: 'Home' })
export type Home = z.infer<typeof Home>

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

/** GET /api/admin/theatres/:id/cancelled-showtimes: what a cinema took off its programme for one day. */
export const CancelledShowtimesQuery = z.object({ date: LocalDate })
export const CancelledShowtimes = z
  .object({
    items: z.array(
      ShowtimeCard.pick({ id: true, startsAt: true, screenName: true, language: true, format: true }).extend({
        movieTitle: z.string(),
        cancelledAt: Instant.nullable(),
        reason: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'CancelledShowtimes' })
export type CancelledShowtimes = z.infer<typeof CancelledShowtimes>

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

/** POST /api/admin/showtimes: from the answer on, its seats are on sale. */
export const CreateShowtimeBody = z
  .object({
    movieId: Id,
    screenId: Id,
    /** When the advertisements begin. */
    startsAt: Instant,
    adsMinutes: z.int().min(0).max(60).default(15),
    language: Text(40).min(1),
    format: Text(30).min(1).default('2D'),
    captions: Text(40).min(1).nullable().default(null),
    /** Price by section of the hall; every section needs one. */
    prices: z.record(Text(40).min(1), Minor.min(100)),
  })
  .meta({ id: 'CreateShowtime' })
export type CreateShowtimeBody = z.infer<typeof CreateShowtimeBody>
export const ShowtimeCreated = z
  .object({ id: Id, startsAt: Instant, filmStartsAt: Instant, endsAt: Instant, seats: z.int() })
  .meta({ id: 'ShowtimeCreated' })
export type ShowtimeCreated = z.infer<typeof ShowtimeCreated>

/** GET /api/admin/theatres/:id/screens: what a form that publishes showtimes needs. */
export const ScreenList = z
  .object({
    items: z.array(
      z.object({
        id: Id,
        name: z.string(),
        features: z.array(z.string()),
        seatCount: z.int(),
        sections: z.array(z.object({ id: z.string(), name: z.string() })),
      }),
    ),
  })
  .meta({ id: 'ScreenList' })
export type ScreenList = z.infer<typeof ScreenList>

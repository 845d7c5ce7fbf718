import { randomBytes } from 'node:crypto'
import type { SeatLayoutDefinition } from '@marquee/contracts/seats'
import { hash } from '@node-rs/argon2'
import type { Ctx } from '../context.ts'
import type { UserRole } from '../generated/prisma/client.ts'
import { newId } from '../ids.ts'
import { flattenLayout } from '../seats/layout.ts'

type FactoryCtx = Pick<Ctx, 'db' | 'pool' | 'clock'>

// Builders for tests and benchmarks. Each makes the parents it is not given, so every test owns its rows.

const unique = () => randomBytes(4).toString('hex')

export const makeCity = (
  ctx: FactoryCtx,
  given: { name?: string; slug?: string; timeZone?: string; aliases?: string[] } = {},
) => {
  const tag = unique()
  return ctx.db.city.create({
    data: {
      id: newId(),
      slug: given.slug ?? `city-${tag}`,
      name: given.name ?? `City ${tag}`,
      region: 'Testland',
      timeZone: given.timeZone ?? 'Asia/Kolkata',
      aliases: given.aliases ?? [],
    },
  })
}

export const makeTheatre = async (ctx: FactoryCtx, given: { cityId?: string; name?: string } = {}) => {
  const tag = unique()
  return ctx.db.theatre.create({
    data: {
      id: newId(),
      slug: `theatre-${tag}`,
      cityId: given.cityId ?? (await makeCity(ctx)).id,
      name: given.name ?? `Theatre ${tag}`,
      area: 'Old Town',
      address: '1 Station Road',
      postcode: '500001',
      amenities: [],
    },
  })
}

/** `rows` rows of `perRow` seats side by side, the back half premium. */
export function plainLayout(rows = 6, perRow = 8): SeatLayoutDefinition {
  return {
    name: `plain ${rows} × ${perRow}`,
    width: perRow,
    height: rows,
    sections: [
      { id: 'regular', name: 'Regular', premium: false },
      { id: 'premium', name: 'Premium', premium: true },
    ],
    rows: Array.from({ length: rows }, (_, y) => ({
      label: String.fromCharCode(65 + (y % 26)).repeat(1 + Math.floor(y / 26)),
      section: y < rows / 2 ? 'regular' : 'premium',
      y,
      seats: Array.from({ length: perRow }, (_, x) => ({ number: x + 1, x })),
    })),
  }
}

export const makeScreen = async (
  ctx: FactoryCtx,
  given: { theatreId?: string; layout?: SeatLayoutDefinition } = {},
) => {
  const layout = given.layout ?? plainLayout()
  const screen = await ctx.db.screen.create({
    data: {
      id: newId(),
      theatreId: given.theatreId ?? (await makeTheatre(ctx)).id,
      name: `Screen ${unique()}`,
      features: [],
    },
  })
  const seatLayout = await ctx.db.seatLayout.create({
    data: {
      id: newId(),
      screenId: screen.id,
      version: 1,
      name: layout.name,
      seatCount: flattenLayout(layout).length,
      definition: layout,
    },
  })
  return { ...screen, seatLayout }
}

export const makeMovie = (
  ctx: FactoryCtx,
  given: {
    title?: string
    slug?: string
    genres?: string[]
    language?: string
    releaseDate?: Date
    runtimeMinutes?: number
    ratingAverage?: number
    featured?: boolean
  } = {},
) => {
  const tag = unique()
  return ctx.db.movie.create({
    data: {
      id: newId(),
      slug: given.slug ?? `film-${tag}`,
      title: given.title ?? `Film ${tag}`,
      synopsis: 'Something happens, and then something else.',
      runtimeMinutes: given.runtimeMinutes ?? 120,
      certificate: 'UA 13+',
      genres: given.genres ?? ['Drama'],
      language: given.language ?? 'Telugu',
      director: 'Meera Talluri',
      cast: [],
      releaseDate: given.releaseDate ?? new Date('2026-01-01'),
      featured: given.featured ?? false,
      ratingAverage: given.ratingAverage ?? 0,
      defaultPriceMinor: 25_000,
    },
  })
}

type ShowtimeGiven = {
  movieId?: string
  screen?: Awaited<ReturnType<typeof makeScreen>>
  layout?: SeatLayoutDefinition
  /** Minutes from now. */
  startsIn?: number
  startsAt?: Date
  prices?: Record<string, number>
  maxSeatsPerBooking?: number
}

/** A showtime with its whole inventory: by default in three hours, premium ₹350, the rest ₹250. */
export async function makeShowtime(ctx: FactoryCtx, given: ShowtimeGiven = {}) {
  const screen = given.screen ?? (await makeScreen(ctx, given.layout ? { layout: given.layout } : {}))
  const movieId = given.movieId ?? (await makeMovie(ctx)).id
  const layout = screen.seatLayout.definition as SeatLayoutDefinition
  const seats = flattenLayout(layout)
  const prices: Record<string, number> = { regular: 25_000, premium: 35_000, ...given.prices }
  const priceOf = (section: string) => prices[section] ?? 25_000
  const startsAt = given.startsAt ?? new Date(ctx.clock.now().getTime() + (given.startsIn ?? 180) * 60_000)
  const filmStartsAt = new Date(startsAt.getTime() + 15 * 60_000)
  const showtime = await ctx.db.showtime.create({
    data: {
      id: newId(),
      movieId,
      screenId: screen.id,
      seatLayoutId: screen.seatLayout.id,
      startsAt,
      filmStartsAt,
      endsAt: new Date(filmStartsAt.getTime() + 120 * 60_000),
      language: 'Telugu',
      format: '2D',
      seatCount: seats.length,
      maxSeatsPerBooking: given.maxSeatsPerBooking ?? 10,
      priceFromMinor: Math.min(...seats.map((seat) => priceOf(seat.section))),
    },
  })
  await ctx.db.showtimeSeat.createMany({
    data: seats.map((seat) => ({
      showtimeId: showtime.id,
      seat: seat.index,
      label: seat.seatId,
      section: seat.section,
      kind: seat.kind,
      priceMinor: priceOf(seat.section),
    })),
  })
  return { ...showtime, seatIds: seats.map((seat) => seat.seatId) }
}

/** Without a password the account cannot sign in by one: hashing costs tests 10 ms each. */
export const makeUser = async (
  ctx: FactoryCtx,
  given: { email?: string; name?: string; password?: string; role?: UserRole } = {},
) => {
  const tag = unique()
  return ctx.db.user.create({
    data: {
      id: newId(),
      email: given.email ?? `guest-${tag}@example.com`,
      name: given.name ?? `Guest ${tag}`,
      passwordHash: given.password ? await hash(given.password) : null,
      role: given.role ?? 'customer',
    },
  })
}

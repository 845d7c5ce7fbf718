import { insertShowtimes } from '../catalog/insert-showtimes.ts'
import { localDate } from '../catalog/local-day.ts'
import type { Ctx } from '../context.ts'
import { DEMO_CITIES } from './cities.ts'
import { planShowtimes } from './plan-showtimes.ts'
import { DEMO_THEATRES } from './theatres.ts'
import { writeAccounts } from './write-accounts.ts'
import { writeCatalogue } from './write-catalogue.ts'
import { writeOffers } from './write-offers.ts'
import { writeOpeningRecords } from './write-opening-records.ts'
import { writeSales } from './write-sales.ts'

export type DemoLoad = {
  cities: number
  theatres: number
  movies: number
  showtimes: number
  seats: number
  bookings: number
  tickets: number
}

/**
 * Loads the demo catalogue: cities, cinemas, films, fourteen days of showtimes and a plausible public that has already
 * bought some of the seats. Every id comes from a stable name: again on the same day adds nothing; on a later day it
 * adds the days that are missing and leaves every row that exists as it is. Returns how many rows were added.
 */
export async function loadDemoData(ctx: Pick<Ctx, 'db' | 'pool' | 'clock' | 'log'>): Promise<DemoLoad> {
  const started = performance.now()
  const now = ctx.clock.now()
  const client = await ctx.pool.connect()
  try {
    await client.query('BEGIN')
    // Two processes that start together take turns; the second finds nothing to do.
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('marquee demo data', 0))`)
    const today = localDate(now, DEMO_CITIES[0]!.timeZone)
    const catalogue = await writeCatalogue(client, today)
    const buyers = await writeAccounts(client)
    await writeOffers(client)
    await writeOpeningRecords(
      client,
      DEMO_THEATRES.map((theatre) => theatre.slug),
      now,
    )
    const planned = planShowtimes(catalogue, now)
    const showtimes = await insertShowtimes(client, planned)
    // Tens of thousands of rows that the planner has never seen: without this its joins, and everybody's after it, are guesses.
    if (showtimes.seats > 0) await client.query('ANALYZE movies, programmes, showtimes, showtime_seats')
    const sales = await writeSales(client, { showtimes: showtimes.added, buyers, now })
    if (sales.tickets > 0) {
      await client.query('ANALYZE bookings, booking_seats, tickets, seat_claims, payments, payment_captures')
    }
    await client.query('COMMIT')
    const load: DemoLoad = {
      ...catalogue.added,
      showtimes: showtimes.added.length,
      seats: showtimes.seats,
      bookings: sales.bookings,
      tickets: sales.tickets,
    }
    ctx.log.info({ ...load, ms: Math.round(performance.now() - started) }, 'demo data loaded')
    return load
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

import { afterAll, beforeAll, expect, test } from 'vitest'
import { cancelSeats } from '../cancellations/cancel-seats.ts'
import { newSecret } from '../ids.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { issueInvoice } from '../invoices/issue-invoice.ts'
import { holdSeats } from '../seats/hold-seats.ts'
import { bookSeats } from '../testing/book-seats.ts'
import { makeMovie, makeScreen, makeShowtime, makeTheatre } from '../testing/factories.ts'
import { type TestContext, testContext } from '../testing/services.ts'
import { moveBooking } from './move-booking.ts'
import { quoteMove } from './quote-move.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => ctx.close())

test('two of three seats at ₹310 are worth a paisa less than two: moved without asking for it', async () => {
  const { id: movieId } = await makeMovie(ctx)
  const { id: theatreId } = await makeTheatre(ctx)
  const at = async (startsIn: number) =>
    makeShowtime(ctx, { movieId, screen: await makeScreen(ctx, { theatreId }), startsIn, prices: { regular: 31_000 } })
  const [from, to] = [await at(180), await at(1_440)]
  const old = await bookSeats(ctx, { showtime: from, seatIds: from.seatIds.slice(0, 3) })
  const given = { bookingId: old.bookingId, userId: null, key: newSecret(), actorId: null }
  await cancelSeats(ctx.pool, { ...given, by: 'GUEST', seats: [2] })
  const seatIds = to.seatIds.slice(0, 2)
  const cart = { bookingId: old.bookingId, showtimeId: to.id, seatIds }
  const quoted = await quoteMove(ctx, old.actor, cart)
  expect(quoted).toMatchObject({
    creditMinor: 66_389,
    differenceMinor: 0,
    quote: { totalMinor: 66_389, toPayMinor: 0 },
  })
  const { holdToken } = await holdSeats(ctx, { showtimeId: to.id, seatIds })
  const moved = await moveBooking(ctx, old.actor, {
    ...cart,
    holdToken,
    idempotencyKey: newSecret(),
    expectedDifferenceMinor: 0,
  })
  if (moved.kind !== 'moved') throw new Error('it asks for a paisa')
  await issueInvoice(ctx, moved)
  expect((await checkInvariants(ctx)).violations).toEqual([])
})

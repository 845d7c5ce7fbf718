import type { UserRole } from '../generated/prisma/client.ts'
import { newSecret } from '../ids.ts'
import { settleFromGateway } from '../payments/settle-from-gateway.ts'
import { startCheckout } from '../payments/start-checkout.ts'
import { holdSeats } from '../seats/hold-seats.ts'
import { makeShowtime, makeUser } from './factories.ts'
import type { TestContext } from './services.ts'

type Showtime = Awaited<ReturnType<typeof makeShowtime>>
type User = { id: string; email: string | null; role: UserRole }

/** A confirmed booking, bought as a guest buys it: hold, checkout, payment at the gateway, settled. */
export async function bookSeats(
  ctx: TestContext,
  given: { showtime?: Showtime; user?: User; seatIds?: string[] } = {},
) {
  const user = given.user ?? (await makeUser(ctx))
  const showtime = given.showtime ?? (await makeShowtime(ctx))
  const seatIds = given.seatIds ?? showtime.seatIds.slice(0, 2)
  const hold = await holdSeats(ctx, { showtimeId: showtime.id, seatIds })
  const actor = { kind: 'user', userId: user.id, role: user.role, jti: '' } as const
  const checkout = await startCheckout(ctx, actor, {
    showtimeId: showtime.id,
    seatIds,
    holdToken: hold.holdToken,
    expectedTotalMinor: hold.quote?.totalMinor ?? 0,
    idempotencyKey: newSecret(),
  })
  const { paymentId: gatewayPaymentId } = ctx.gateway.pay(checkout.orderId)
  const payment = await ctx.db.payment.findFirstOrThrow({ where: { bookingId: checkout.bookingId } })
  const outcome = await settleFromGateway(ctx, {
    paymentId: payment.id,
    gatewayOrderId: checkout.orderId,
    learntFrom: 'return',
  })
  if (outcome !== 'BOOKED') throw new Error(`the booking ended as ${outcome}`)
  return { bookingId: checkout.bookingId, paymentId: payment.id, gatewayPaymentId, actor, user, showtime, seatIds }
}

import type { BestSeats, SeatHold } from '@marquee/contracts/seats'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { beginHold } from './begin-hold.ts'
import { bestSeats } from './best-seats.ts'

/** In a rush the best seats may go between looking and holding; the next best are tried this often. */
const ATTEMPTS = 5

/**
 * Chooses the best seats and holds them, for a guest who asks for a number and not for places.
 * @throws what bestSeats and beginHold throw; SEATS_TAKEN when others were faster each time
 */
export async function holdBestSeats(
  ctx: Pick<Ctx, 'db' | 'pool' | 'redis' | 'config' | 'clock' | 'crashPoint'>,
  { place, ...wanted }: { place: string; showtimeId: string; count: number },
): Promise<{ hold: SeatHold; choice: BestSeats }> {
  const { showtimeId } = wanted
  for (let attempt = 1; ; attempt++) {
    const choice = await bestSeats(ctx, wanted)
    try {
      return { hold: await beginHold(ctx, { place, showtimeId, seatIds: choice.seatIds }), choice }
    } catch (error) {
      const faster = error instanceof AppError && error.code === 'SEATS_TAKEN'
      if (!faster || attempt === ATTEMPTS) throw error
    }
  }
}

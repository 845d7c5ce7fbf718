import type { Ctx } from '../context.ts'
import { hashSecret } from '../ids.ts'
import { RedisAway } from '../redis.ts'
import { inspectInPostgres, mapFromPostgres } from './degraded-holds.ts'
import { inspectInRedis, snapshotFromRedis } from './seat-holds.ts'
import { type ShowtimeSeating, showtimeSeating } from './showtime-seating.ts'

export type HallState = {
  seating: ShowtimeSeating
  map: string
  held: { until: number; seats: number[] }[]
  /** Seats held by the asking token. */
  mine: number[]
  /** Free to the asker: free, ended, or theirs already. */
  free: (index: number) => boolean
}

/** A hall as one asker sees it right now. @throws NOT_FOUND */
export async function readHall(
  ctx: Pick<Ctx, 'db' | 'pool' | 'redis' | 'config' | 'clock'>,
  input: { showtimeId: string; holdToken?: string | undefined },
): Promise<HallState> {
  const seating = await showtimeSeating(ctx, input.showtimeId)
  const holder = input.holdToken ? hashSecret(input.holdToken) : undefined
  const asked = { showtimeId: input.showtimeId, holder: holder ?? '' }
  let state: { map: string; held: { until: number; seats: number[] }[] }
  let mine: number[] = []
  try {
    state = await snapshotFromRedis(ctx, input.showtimeId)
    if (holder) mine = (await inspectInRedis(ctx, asked))?.seats ?? []
  } catch (error) {
    if (!(error instanceof RedisAway)) throw error
    state = (await mapFromPostgres(ctx, input.showtimeId)) ?? { map: '', held: [] }
    if (holder) mine = (await inspectInPostgres(ctx, asked))?.seats ?? []
  }
  const now = ctx.clock.now().getTime()
  const ended = new Set(state.held.filter((h) => h.until <= now).flatMap((h) => h.seats))
  const own = new Set(mine)
  return { seating, ...state, mine, free: (index) => state.map[index] === '0' || own.has(index) || ended.has(index) }
}

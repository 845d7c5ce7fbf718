import type { Ctx } from '@marquee/core/context'
import { createSeatFeed, type SeatFeed } from '@marquee/core/seats/seat-feed'
import { startSweeper } from '@marquee/core/seats/sweep-holds'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    /** The halls this process follows. */
    seatFeed: SeatFeed
  }
}

/** Live seat maps for routes and sockets. Sweeps ended holds too, so that they show as free with the worker away. */
export const seatFeed = fp<{ ctx: Ctx }>(
  async (app, { ctx }) => {
    const feed = createSeatFeed(ctx)
    const sweeper = startSweeper(ctx)
    app.decorate('seatFeed', feed)
    app.addHook('onClose', async () => {
      await sweeper.stop()
      feed.close()
    })
  },
  { name: 'seat-feed' },
)

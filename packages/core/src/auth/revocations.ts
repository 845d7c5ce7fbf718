import type { Ctx } from '../context.ts'

/**
 * The access tokens that were ended before their time, in the memory of this process, so that a check costs one map
 * look-up. Postgres has the truth: read whole at the start and for news every two seconds. Redis only makes it faster:
 * a logout in another process is heard at once while it is there.
 */
export type Revocations = {
  has(id: string): boolean
  /** This process knows from now on; the others are told. `expiresAt`: when the token would have ended anyway. */
  announce(jti: string, expiresAt: Date): Promise<void>
  close(): void
}

const POLL_MS = 2_000
/** A transaction commits a while after it took its timestamp; the longest, which erase a person, after twenty seconds. */
const OVERLAP_SECONDS = 40

type Deps = Pick<Ctx, 'pool' | 'redis' | 'clock' | 'config' | 'log'>

/** @throws when the database cannot be read: without the list, ended tokens would be taken for good ones */
export async function openRevocations(ctx: Deps): Promise<Revocations> {
  const ended = new Map<string, number>()
  const channel = `${ctx.config.holds.prefix}:auth:revoked`

  const remember = (jti: string, expiresAt: number) => {
    if (expiresAt > ctx.clock.now().getTime()) ended.set(jti, expiresAt)
  }
  const load = async (where: string, value: unknown) => {
    const { rows } = await ctx.pool.query<{ jti: string; expires_at: Date }>(
      `select jti, expires_at from revoked_tokens where ${where}`,
      [value],
    )
    for (const row of rows) remember(row.jti, row.expires_at.getTime())
  }

  let readAt = performance.now()
  await load('expires_at > $1', ctx.clock.now())

  const poll = async () => {
    const startedAt = performance.now()
    // In the database's own time, so that no host's clock matters, and back to the last poll that worked.
    const seconds = (startedAt - readAt) / 1_000 + OVERLAP_SECONDS
    await load('revoked_at > now() - make_interval(secs => $1)', seconds)
    readAt = startedAt
    const now = ctx.clock.now().getTime()
    for (const [jti, expiresAt] of ended) if (expiresAt <= now) ended.delete(jti)
  }
  let timer: NodeJS.Timeout | undefined
  let closed = false
  const schedule = () => {
    if (closed) return
    timer = setTimeout(() => {
      poll()
        .catch((err: unknown) => ctx.log.warn({ err }, 'ended sessions could not be read'))
        .finally(schedule)
    }, POLL_MS)
    timer.unref()
  }
  schedule()

  const subscriber = ctx.redis.subscriber()
  subscriber.on('message', (_channel: string, text: string) => {
    const [jti, expiresAt] = text.split(' ')
    if (jti && Number(expiresAt) > 0) remember(jti, Number(expiresAt))
  })
  subscriber.subscribe(channel).catch(() => {}) // it subscribes again by itself whenever Redis comes back

  return {
    has: (jti) => ended.has(jti),
    async announce(jti, expiresAt) {
      remember(jti, expiresAt.getTime())
      // The others find it in Postgres within two seconds if this does not reach them.
      await ctx.redis.run((client) => client.publish(channel, `${jti} ${expiresAt.getTime()}`)).catch(() => {})
    },
    close() {
      closed = true
      clearTimeout(timer)
      subscriber.disconnect()
    },
  }
}

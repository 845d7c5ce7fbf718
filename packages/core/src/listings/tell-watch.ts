import { createHash } from 'node:crypto'
import type { Evidence, ListedSession, Observation } from '@marquee/providers/listings/listing-source'
import type { Ctx } from '../context.ts'
import { inTransaction } from '../in-transaction.ts'
import { CATALOGUE_SOURCE } from './catalogue-source.ts'
import { lockWatch } from './lock-watch.ts'
import { CATALOGUE_SESSIONS, type CatalogueRow, catalogueSession } from './read-catalogue-sessions.ts'
import { type LookWritten, writeLook } from './write-look.ts'

const EVIDENCE = 5

/**
 * Our own catalogue says what it has: called after every change of a showtime, and now and then to catch what was lost.
 * Locked first and read then, so of two tellings at once the later one knows more. Null: there is no such watch.
 */
export async function tellWatch(
  ctx: Pick<Ctx, 'pool' | 'clock' | 'config' | 'log' | 'crashPoint'>,
  { watchId }: { watchId: string },
): Promise<LookWritten | null> {
  const written = await inTransaction(ctx, async (client) => {
    const watch = await lockWatch(client, { watchId, leaseToken: null })
    if (watch?.sourceId !== CATALOGUE_SOURCE) return null
    // Two tellings within a millisecond are still two.
    const now = ctx.clock.now()
    const last = watch.belief.lastLookAt
    const at = last && last >= now ? new Date(last.getTime() + 1) : now
    const { rows } = await client.query<CatalogueRow>(CATALOGUE_SESSIONS, [watch.siteMovieId, watch.cityId, now])
    const sessions = rows.map((row) => catalogueSession(ctx.config, row))
    const result = await writeLook(client, ctx, {
      watch,
      look: { at, observation: observe(watch.siteMovieId, sessions), fresh: true, own: true, confirmAfterMs: 0 },
      page: { status: null, etag: null, lastModified: null, parserVersion: 1, body: null },
    })
    ctx.crashPoint('watch:before-commit')
    return result
  })
  ctx.crashPoint('watch:after-commit')
  if (written?.step.opens) ctx.log.info({ watchId, kind: written.step.opens.kind }, 'booking is open on Marquee')
  return written
}

function observe(movieId: string, sessions: ListedSession[]): Observation {
  const open = sessions.filter((session) => session.bookable)
  const verdict = open.length > 0 ? 'OPEN' : sessions.length > 0 ? 'SOLD_OUT' : 'NOT_OPEN'
  return {
    verdict,
    reason: null,
    announcedAt: null,
    sessions,
    openDates: [...new Set(sessions.map((session) => session.localDate))].sort(),
    evidence: (open.length > 0 ? open : sessions).slice(0, EVIDENCE).map(evidenceOf),
    identity: { asked: movieId, served: movieId },
    contentHash: sha256(JSON.stringify(sessions.map(({ siteId, startsAt, bookable }) => [siteId, startsAt, bookable]))),
    shapeHash: sha256('catalogue'),
  }
}

function evidenceOf(session: ListedSession): Evidence {
  const text = `${session.cinema.name}, ${session.startsAt}, ${session.format ?? ''}, ${session.language ?? ''}: ${session.seatsLeft} seats left`
  return {
    rule: 'catalogue.showtime',
    strength: 'strong',
    where: `showtimes/${session.siteId}`,
    excerpt: text.slice(0, 200),
    hash: sha256(text),
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

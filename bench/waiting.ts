// Everybody who waits for one film, written straight into the database.
import { randomUUID } from 'node:crypto'
import { hashContact, sealContact } from '@marquee/core/alerts/contacts/seal'
import type { Ctx } from '@marquee/core/context'
import { newId } from '@marquee/core/ids'

/** The n-th in line has this number. */
export const phoneOf = (n: number) => `+1202${String(n).padStart(7, '0')}`
export const placeOf = (phone: string) => Number(phone.slice(-7))

/** Where it is about noon now, so that anybody may be called. */
function zoneAtNoon(): string {
  const ahead = 12 - new Date().getUTCHours()
  return ahead === 0 ? 'UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}

/** `count` people with a number each, to be called; and one contact each, whatever they wait for. */
export async function createPeople(ctx: Pick<Ctx, 'pool' | 'config'>, count: number): Promise<string[]> {
  const people = Array.from({ length: count }, (_, n) => ({ id: newId(), phone: phoneOf(n) }))
  await ctx.pool.query(
    `INSERT INTO contact_points (id, kind, hash, sealed, masked, verified_at)
     SELECT id, 'phone', hash, sealed, '•••', now() FROM unnest($1::uuid[], $2::text[], $3::text[]) c (id, hash, sealed)`,
    [
      people.map(({ id }) => id),
      people.map(({ phone }) => hashContact(ctx, 'phone', phone)),
      people.map(({ phone }) => sealContact(ctx, 'phone', phone)),
    ],
  )
  return people.map(({ id }) => id)
}

/** A film that has just opened, and everybody waits for it, in the order of `contactIds`. @returns the opening */
export async function createOpening(ctx: Pick<Ctx, 'pool'>, contactIds: string[]): Promise<string> {
  const [city, watch, opening] = [randomUUID(), randomUUID(), randomUUID()]
  const source = `bench-${randomUUID().slice(0, 8)}`
  const session = {
    siteId: '1',
    cinema: { siteId: '7', name: 'Bench' },
    startsAt: new Date(Date.now() + 4 * 86_400_000).toISOString(),
    zone: 'UTC',
    localDate: '2030-01-01',
    format: '2D',
    language: 'English',
    bookable: true,
    seatsLeft: null,
    url: 'https://cinema.example/1',
  }
  const statements: [string, unknown[]][] = [
    [
      `INSERT INTO cities (id, slug, name, region, time_zone, aliases) VALUES ($1::uuid, $1::uuid::text, 'Bench', 'Bench', 'UTC', '{}')`,
      [city],
    ],
    [
      `INSERT INTO listing_sources (id, name, kind, base_url, hosts, enabled, permission) VALUES ($1, 'Bench', 'jsonld', 'https://cinema.example', '{}', true, 'the benchmark owns it')`,
      [source],
    ],
    [
      `INSERT INTO watches (id, source_id, city_id, site_movie_id, title, verdict, sessions, open_dates) VALUES ($1, $2, $3, '1', 'Bench', 'OPEN', $4, '{}')`,
      [watch, source, city, JSON.stringify([session])],
    ],
    [
      `WITH made AS (
         INSERT INTO alert_subscriptions (id, name, phone_contact_id, city_id, film_key, title, channels, quiet_hours, time_zone, created_at)
         SELECT gen_random_uuid(), 'Asha', c, $2, 'title:bench|', 'Bench', '{call}', '{"from":"02:00","to":"03:00"}', $4, now() - interval '1 day' + n * interval '1 ms'
           FROM unnest($1::uuid[]) WITH ORDINALITY x (c, n) RETURNING id),
       agreed AS (
         INSERT INTO consents (id, subscription_id, channel, text, version, at)
         SELECT gen_random_uuid(), id, 'call', 'Call me', '1', now() FROM made)
       INSERT INTO subscription_watches (subscription_id, watch_id, armed_at) SELECT id, $3, now() - interval '1 hour' FROM made`,
      [contactIds, city, watch, zoneAtNoon()],
    ],
    [
      `INSERT INTO openings (id, watch_id, state, detected_at, confirmed_at, evidence) VALUES ($1, $2, 'LIVE', now(), now(), '[]')`,
      [opening, watch],
    ],
  ]
  for (const [sql, values] of statements) await ctx.pool.query(sql, values)
  return opening
}

/** The same rows by one statement: what no fan-out can be quicker than. @returns people a second */
export async function tellByOneStatement(ctx: Pick<Ctx, 'pool'>, openingId: string, count: number): Promise<number> {
  const began = performance.now()
  await ctx.pool.query(
    `WITH waiting AS (
       SELECT s.id, s.round, s.phone_contact_id, row_number() OVER (ORDER BY s.created_at, s.id) AS place, w.sessions -> 0 AS session
         FROM openings o JOIN watches w ON w.id = o.watch_id JOIN subscription_watches sw ON sw.watch_id = w.id
         JOIN alert_subscriptions s ON s.id = sw.subscription_id WHERE o.id = $1),
     told AS (
       INSERT INTO alerts (id, opening_id, subscription_id, round, kind, position, session)
       SELECT gen_random_uuid(), $1, id, round, 'OPENING', place, session FROM waiting RETURNING id, subscription_id, position),
     steps AS (
       INSERT INTO alert_attempts (id, alert_id, channel, due_at, position, contact_id)
       SELECT gen_random_uuid(), t.id, 'call', now(), t.position, w.phone_contact_id
         FROM told t JOIN waiting w ON w.id = t.subscription_id)
     UPDATE alert_subscriptions s SET state = 'NOTIFIED' FROM waiting w WHERE s.id = w.id`,
    [openingId],
  )
  return count / ((performance.now() - began) / 1_000)
}

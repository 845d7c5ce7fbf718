import type { Prisma } from '../../generated/prisma/client.ts'

type Tx = Prisma.TransactionClient

/**
 * Nothing that these wait for is on sale: from now on it is news. Not yet for whom a day is sold that they want and nobody
 * has read (a site that shows one day at a time), unless it cannot be read for hours.
 */
export async function armWaiting(tx: Tx, openingId: string, subscriptionIds: string[], now: Date): Promise<void> {
  if (subscriptionIds.length === 0) return
  await tx.$executeRaw`
    update subscription_watches sw set armed_at = ${now}
      from openings o join watches w on w.id = o.watch_id join cities c on c.id = w.city_id, alert_subscriptions s
     where o.id = ${openingId}::uuid and sw.watch_id = o.watch_id and s.id = sw.subscription_id
       and sw.subscription_id = any(${subscriptionIds}::uuid[]) and sw.armed_at is null and sw.already_open_at is null
       and (s.updated_at < ${now}::timestamptz - interval '2 hours' or not exists (
         select from unnest(w.open_dates) day
          where day >= (${now}::timestamptz at time zone c.time_zone)::date::text
            and (s.filters ->> 'dateFrom' is null or day >= s.filters ->> 'dateFrom')
            and (s.filters ->> 'dateTo' is null or day <= s.filters ->> 'dateTo')
            and not exists (select from jsonb_array_elements(w.sessions) x where x ->> 'localDate' = day)))`
}

/** What these wait for was on sale before we knew that it was not: they are told so by one mail, and nobody is called. */
export async function noteAlreadyOpen(tx: Tx, openingId: string, subscriptionIds: string[], now: Date): Promise<void> {
  if (subscriptionIds.length === 0) return
  await tx.$executeRaw`
    update subscription_watches sw set already_open_at = ${now}
      from openings o
     where o.id = ${openingId}::uuid and sw.watch_id = o.watch_id and sw.subscription_id = any(${subscriptionIds}::uuid[])`
  await tx.$executeRaw`
    with changed as (
      update alert_subscriptions set state = 'ALREADY_OPEN', updated_at = ${now}
       where id = any(${subscriptionIds}::uuid[]) and state = 'ACTIVE' returning id, round)
    insert into outbox_events (key, topic, payload)
    select 'alert.notice:already-open:' || id || ':' || round, 'alert.notice',
           jsonb_build_object('subscriptionId', id, 'about', 'already-open')
      from changed
    on conflict (key) do nothing`
}

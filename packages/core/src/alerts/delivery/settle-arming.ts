import type { Prisma } from '../../generated/prisma/client.ts'

type Tx = Prisma.TransactionClient

/** Nothing that these wait for is on sale: from now on it is news. */
export async function armWaiting(tx: Tx, openingId: string, subscriptionIds: string[], now: Date): Promise<void> {
  if (subscriptionIds.length === 0) return
  await tx.$executeRaw`
    update subscription_watches sw set armed_at = ${now}
      from openings o
     where o.id = ${openingId}::uuid and sw.watch_id = o.watch_id
       and sw.subscription_id = any(${subscriptionIds}::uuid[]) and sw.armed_at is null and sw.already_open_at is null`
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

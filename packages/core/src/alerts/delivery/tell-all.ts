import type { ListedSession } from '@marquee/providers/listings/listing-source'
import type { OpeningKind, Prisma } from '../../generated/prisma/client.ts'
import { newId } from '../../ids.ts'
import { firstSteps } from './ladder.ts'
import { planSteps } from './plan-steps.ts'

type Tx = Prisma.TransactionClient
/** Seats that are back on two sites within this time are one piece of news. */
export const SAME_NEWS_MS = 10 * 60_000
/** Somebody to be told, in their order. */
export type Told = { subscriptionId: string; session: ListedSession }
type Made = { id: string; subscriptionId: string; channels: string[] }

/**
 * The alerts of one batch and the first steps of their ladders. The unique indexes decide: one for each opening, and one
 * opening for each round of a subscription, however many sources see it open at the same moment.
 * @returns how many were made
 */
export async function tellAll(
  tx: Tx,
  { openingId, kind, now }: { openingId: string; kind: OpeningKind; now: Date },
  told: Told[],
): Promise<number> {
  if (told.length === 0) return 0
  const subscriptionIds = told.map((one) => one.subscriptionId)
  const justNow = new Date(now.getTime() - SAME_NEWS_MS)
  const made = await tx.$queryRaw<Made[]>`
    with line as (select coalesce(max(position), 0) as behind from alerts where opening_id = ${openingId}::uuid),
    made as (
      insert into alerts (id, opening_id, subscription_id, round, kind, position, session, created_at)
      select n.id, ${openingId}::uuid, s.id, s.round, ${kind}::opening_kind, line.behind + n.place::int, n.session, ${now}
        from unnest(${told.map(() => newId())}::uuid[], ${subscriptionIds}::uuid[],
                    ${told.map(({ session }) => JSON.stringify(session))}::jsonb[])
               with ordinality as n (id, subscription_id, session, place)
        join alert_subscriptions s on s.id = n.subscription_id
        cross join line
       where ${kind} = 'OPENING' or not exists (
         select from alerts a where a.subscription_id = s.id and a.state <> 'SUPPRESSED' and a.created_at > ${justNow})
       order by n.place
      on conflict do nothing
      returning id, subscription_id)
    select m.id, m.subscription_id as "subscriptionId", s.channels
      from made m join alert_subscriptions s on s.id = m.subscription_id`
  const steps = made.flatMap(({ id, channels }) =>
    firstSteps(channels).map(({ channel, step, template, afterMs }) => ({
      alertId: id,
      channel,
      step,
      template,
      dueAt: new Date(now.getTime() + afterMs),
    })),
  )
  await planSteps(tx, steps)
  // Whoever was told of it by another source at the same moment waits no more either.
  if (kind === 'OPENING')
    await tx.$executeRaw`
      update alert_subscriptions set state = 'NOTIFIED', updated_at = ${now}
       where id = any(${subscriptionIds}::uuid[]) and state = 'ACTIVE'`
  return made.length
}

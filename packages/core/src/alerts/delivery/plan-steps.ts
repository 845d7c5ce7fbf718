import type { Prisma } from '../../generated/prisma/client.ts'
import { newId } from '../../ids.ts'
import type { Rung } from './ladder.ts'

type Tx = Prisma.TransactionClient
export type NewStep = { alertId: string; channel: string; step: number; template: string; dueAt: Date }

export const readRungs = (tx: Tx, alertId: string): Promise<Rung[]> =>
  tx.alertAttempt.findMany({
    where: { alertId },
    select: { channel: true, step: true, state: true, template: true },
  })

/** Adds steps to ladders; one that is there already stays as it is. Its contact is that of the subscription. */
export async function planSteps(tx: Tx, steps: NewStep[]): Promise<void> {
  if (steps.length === 0) return
  const column = <K extends keyof NewStep>(name: K) => steps.map((step) => step[name])
  await tx.$executeRaw`
    insert into alert_attempts (id, alert_id, channel, step, template, due_at, position, contact_id)
    select n.id, n.alert_id, n.channel, n.step, n.template, n.due_at, a.position,
           case when n.channel in ('call', 'sms') then s.phone_contact_id when n.channel = 'email' then s.email_contact_id end
      from unnest(${steps.map(() => newId())}::uuid[], ${column('alertId')}::uuid[], ${column('channel')}::text[],
                  ${column('step')}::int[], ${column('template')}::text[], ${column('dueAt')}::timestamptz[])
             as n (id, alert_id, channel, step, template, due_at)
      join alerts a on a.id = n.alert_id
      join alert_subscriptions s on s.id = a.subscription_id
    on conflict (alert_id, channel, step) do nothing`
}

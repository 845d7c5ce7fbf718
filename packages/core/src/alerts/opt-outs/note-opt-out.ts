import type { AlertChannel } from '@marquee/contracts/alerts'
import type { Prisma } from '../../generated/prisma/client.ts'

export type OptOutHow = 'key-9' | 'stop-word' | 'unsubscribe' | 'admin'

/**
 * "Never again" of a number or an address on some channels, whatever it subscribes to, also in future. Kept by hash, so
 * that it outlives the contact. @returns the channels on which it is new
 */
export async function noteOptOut(
  tx: Prisma.TransactionClient,
  given: { hash: string; channels: AlertChannel[]; how: OptOutHow; at: Date },
): Promise<AlertChannel[]> {
  const rows = await tx.$queryRaw<{ channel: AlertChannel }[]>`
    insert into opt_outs (hash, channel, how, at)
    select ${given.hash}, channel, ${given.how}, ${given.at} from unnest(${given.channels}::text[]) as channel
    on conflict do nothing returning channel`
  return rows.map(({ channel }) => channel)
}

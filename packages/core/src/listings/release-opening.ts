import type { OpeningRow } from '@marquee/contracts/listings'
import type { Ctx } from '../context.ts'
import { decideOpening, type OpeningDecision } from './decide-opening.ts'

/**
 * It is real: whoever waits is told now, or, while its source is frozen, as soon as that is thawed.
 * @throws UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT
 */
export const releaseOpening = (ctx: Pick<Ctx, 'db' | 'clock'>, input: OpeningDecision): Promise<OpeningRow> =>
  decideOpening(ctx, input, 'LIVE', (tx) =>
    tx.outboxEvent.createMany({
      data: [
        {
          key: `opening.fan-out:${input.openingId}:release`,
          topic: 'opening.fan-out',
          payload: { openingId: input.openingId },
        },
      ],
      skipDuplicates: true,
    }),
  )

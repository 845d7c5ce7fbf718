import type { OpeningRow } from '@marquee/contracts/listings'
import type { Ctx } from '../context.ts'
import { decideOpening, type OpeningDecision } from './decide-opening.ts'

/**
 * It is none: nobody is told. The watch goes on; what it sells beyond what was seen now is an opening again.
 * @throws UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT
 */
export const dismissOpening = (ctx: Pick<Ctx, 'db' | 'clock'>, input: OpeningDecision): Promise<OpeningRow> =>
  decideOpening(ctx, input, 'DISMISSED')

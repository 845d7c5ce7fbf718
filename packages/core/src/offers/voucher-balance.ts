import type { VoucherBalance } from '@marquee/contracts/offers'
import type { Actor, Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { admitGuess } from './admit-guess.ts'
import { findVoucher } from './find-voucher.ts'
import { offerWords } from './offer-problems.ts'

/** What is left on a voucher, for whoever has its code. @throws NOT_FOUND, RATE_LIMITED after too many that do not exist */
export async function voucherBalance(
  ctx: Pick<Ctx, 'pool' | 'redis' | 'config'>,
  actor: Actor,
  input: { code: string; network: string },
): Promise<VoucherBalance> {
  const userId = actor.kind === 'user' ? actor.userId : null
  const voucher = await admitGuess(ctx, { kind: 'voucher', userId, network: input.network }, () =>
    findVoucher(ctx, { code: input.code }),
  )
  if (!voucher) throw new AppError('NOT_FOUND', offerWords('VOUCHER_UNKNOWN'))
  const { hint, balanceMinor, expiresAt } = voucher
  return { hint, balanceMinor, expiresAt: expiresAt.toISOString() }
}

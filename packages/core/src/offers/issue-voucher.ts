import type { NewVoucher, VoucherBody } from '@marquee/contracts/offers'
import { type Origin, recordAudit } from '../audit/record-audit.ts'
import { authorise } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import { invalid } from '../errors.ts'
import { newId } from '../ids.ts'
import { newVoucherCode, voucherHash, voucherHint } from './voucher-code.ts'

/**
 * Makes a gift voucher. Its code is money to whoever knows it: told once, here, and kept as its hash; the audit log has
 * its amount and last four. @throws UNAUTHENTICATED, FORBIDDEN, VALIDATION
 */
export async function issueVoucher(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  { actor, voucher, origin }: { actor: Actor; voucher: VoucherBody; origin?: Origin },
): Promise<NewVoucher> {
  const { userId } = authorise(actor, 'voucher.issue')
  const { amountMinor, note } = voucher
  const expiresAt = new Date(voucher.expiresAt)
  if (expiresAt <= ctx.clock.now()) throw invalid('expiresAt', 'a voucher ends in the future')
  const id = newId(ctx.clock.now().getTime())
  const code = newVoucherCode()
  const hint = voucherHint(code)
  await ctx.db.$transaction(async (tx) => {
    await tx.giftVoucher.create({
      data: {
        id,
        codeHash: voucherHash(code),
        hint,
        amountMinor,
        balanceMinor: amountMinor,
        expiresAt,
        note,
        createdById: userId,
      },
    })
    await recordAudit(tx, {
      actor,
      action: 'voucher.issue',
      subjectType: 'voucher',
      subjectId: id,
      // Not the note: it may name who it is for, and what is written here stays for ever.
      after: { hint, amountMinor, expiresAt },
      origin,
    })
  })
  return { id, code, amountMinor, expiresAt: expiresAt.toISOString() }
}

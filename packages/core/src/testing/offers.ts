import type { PromoBody } from '@marquee/contracts/offers'
import { newId, newSecret } from '../ids.ts'
import { createPromo } from '../offers/create-promo.ts'
import { issueVoucher } from '../offers/issue-voucher.ts'
import { makeUser } from './factories.ts'
import type { TestContext } from './services.ts'

export const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString()

async function superadmin(ctx: TestContext) {
  const { id: userId, role } = await makeUser(ctx, { role: 'superadmin' })
  return { kind: 'user', userId, role, jti: newId() } as const
}

/** A running code of its own: 20 % off without limits, unless said otherwise. */
export async function makePromo(ctx: TestContext, given: Partial<PromoBody> = {}) {
  const kind = given.kind ?? 'PERCENT'
  return createPromo(ctx, {
    actor: await superadmin(ctx),
    promo: {
      code: `T${newSecret()
        .replaceAll(/[^A-Za-z0-9]/g, '')
        .slice(0, 12)
        .toUpperCase()}`,
      description: 'for a test',
      minBaseMinor: 0,
      startsAt: inDays(-1),
      endsAt: inDays(30),
      active: true,
      ...(kind === 'PERCENT' ? { percent: 20 } : { amountMinor: 7_500 }),
      ...given,
      kind,
    },
  })
}

export async function makeVoucher(ctx: TestContext, amountMinor = 50_000) {
  return issueVoucher(ctx, {
    actor: await superadmin(ctx),
    voucher: { amountMinor, expiresAt: inDays(365), note: 'for a test' },
  })
}

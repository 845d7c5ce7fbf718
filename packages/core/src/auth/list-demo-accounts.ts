import type { DemoAccountList } from '@marquee/contracts/auth'
import type { Ctx } from '../context.ts'
import { DEMO_ACCOUNTS } from '../demo/accounts.ts'

/** The accounts of the demonstration data that exist here, with their passwords, which are no secret. */
export async function listDemoAccounts(ctx: Pick<Ctx, 'db'>): Promise<DemoAccountList> {
  const users = await ctx.db.user.findMany({
    where: { email: { in: DEMO_ACCOUNTS.map((account) => account.email) } },
    select: { email: true },
  })
  const present = new Set(users.map((user) => user.email))
  return { items: DEMO_ACCOUNTS.filter((account) => present.has(account.email)) }
}

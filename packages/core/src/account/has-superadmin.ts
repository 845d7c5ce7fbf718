import type { Ctx } from '../context.ts'

/** Whether anybody may decide who runs what. */
export const hasSuperadmin = async (ctx: { db: Pick<Ctx['db'], 'user'> }): Promise<boolean> =>
  (await ctx.db.user.count({ where: { role: 'superadmin', deletedAt: null } })) > 0

import type { ServiceStatus } from '@marquee/contracts/health'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { answers } from './answers.ts'

/** @throws AppError UNAVAILABLE when the database does not answer; why is in the log, never in the answer */
export async function checkDatabase(ctx: Pick<Ctx, 'pool'>): Promise<ServiceStatus> {
  if (!(await answers(ctx.pool.query('select 1')))) throw new AppError('UNAVAILABLE', 'The database does not answer')
  return { status: 'OK', database: 'Connected' }
}

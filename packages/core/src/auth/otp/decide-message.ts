import type { OtpPurpose } from '@marquee/contracts/otp'
import type { Ctx } from '../../context.ts'
import type { Destination } from './destinations.ts'
import { findOwner } from './find-owner.ts'

export type Decision = {
  /** `known`: that there is an account already. `nothing`: there is nobody to tell. */
  message: 'code' | 'known' | 'nothing'
  /** Whose account the proof will be good for. */
  userId: string | null
}

/**
 * What goes out, to the owner of the address or number alone: whoever asks gets the same answer in every case.
 * `userId` is who is signed in, for what only they may ask for.
 */
export async function decideMessage(
  ctx: Pick<Ctx, 'db'>,
  input: { purpose: OtpPurpose; to: Pick<Destination, 'channel' | 'destination'>; userId: string | null },
): Promise<Decision> {
  const { purpose, to, userId } = input
  // It proves the number, with or without an account.
  if (purpose === 'alert') return { message: 'code', userId: null }
  const owner = await findOwner(ctx, to)
  if (purpose === 'register') return { message: owner ? 'known' : 'code', userId: null }
  if (purpose === 'login' || purpose === 'reset-password')
    return owner ? { message: 'code', userId: owner.id } : { message: 'nothing', userId: null }
  return { message: owner && owner.id !== userId ? 'known' : 'code', userId }
}

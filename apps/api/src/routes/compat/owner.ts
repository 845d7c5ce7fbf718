import { HoldToken } from '@marquee/contracts/seats'
import { hashSecret } from '@marquee/core/ids'
import { z } from 'zod'

/**
 * The owner string of CineVerse's clients becomes our hold token: taken as it is when it is one, hashed to one when it
 * is the client's own. It is a secret here, told to nobody else; one that is easily guessed is refused.
 */
export const Owner = z
  .string()
  .min(16, 'use at least 16 characters nobody can guess')
  .max(200)
  .transform((owner) => (HoldToken.safeParse(owner).success ? owner : hashSecret(owner)))

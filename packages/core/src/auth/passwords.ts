import { hash, verify } from '@node-rs/argon2'
import { newSecret } from '../ids.ts'

/** Argon2id (the library's default) with 19 MiB and two passes: the least that current advice calls safe, about 20 ms of one core. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string) => hash(password, PARAMETERS)

/** Nobody's password, made with the same parameters: checking it takes as long as checking a real one. */
let nobody: Promise<string> | undefined

/**
 * Compares a password with the hash kept of it. Without a hash (no such account, or one without a password) the same
 * work is done for nothing, so that the time taken does not tell which accounts exist.
 */
export async function verifyPassword(kept: string | null | undefined, password: string): Promise<boolean> {
  nobody ??= hash(newSecret(), PARAMETERS)
  const matches = await verify(kept ?? (await nobody), password)
  return matches && kept != null
}

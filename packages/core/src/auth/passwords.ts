import { hash, verify } from '@node-rs/argon2'
import { newSecret } from '../ids.ts'

/** Argon2id (the library's default) with 19 MiB and two passes: the least that current advice calls safe, about 20 ms of one core. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Lower case: the first guesses of anybody who tries, as far as our minimum length lets them through. */
const TRIVIAL = new Set(
  `password password1 password12 password123 passw0rd p@ssw0rd p@ssword 12345678 123456789 1234567890 87654321 11111111
  00000000 88888888 12341234 11223344 123123123 147258369 987654321 qwertyui qwertyuiop qwerty12 qwerty123 1q2w3e4r
  1qaz2wsx q1w2e3r4 asdfghjk asdfghjkl zxcvbnm1 abcdefgh abcd1234 abc12345 a1b2c3d4 iloveyou iloveyou1 sunshine
  princess football baseball basketball superman starwars trustno1 letmein1 letmein123 welcome1 welcome123 admin123
  administrator changeme changeme1 whatever computer internet sachin123 cricket1 india123 india@123 marquee1 marquee123`.split(
    /\s+/,
  ),
)

/** Says why a new password would be guessed at once; null when it would not. */
export function passwordProblem(password: string, owner: { email: string; name: string }): string | null {
  const lower = password.toLowerCase()
  if (TRIVIAL.has(lower) || new Set(lower).size < 3)
    return 'this password is one of the first anybody would try: choose another'
  const [mailbox = ''] = owner.email.split('@')
  if ([owner.email, mailbox, owner.name.replace(/\s/g, '')].some((own) => own.toLowerCase() === lower)) {
    return 'do not use your own name or address as the password'
  }
  return null
}

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

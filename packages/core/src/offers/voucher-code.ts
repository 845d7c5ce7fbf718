import { randomInt } from 'node:crypto'
import { hashSecret } from '../ids.ts'

/** Without what looks alike in print. */
const ALPHABET = '34679ACDEFGHJKMNPQRTVWXY'
const GROUPS = 5
const GROUP = 4

/** Money to whoever knows it: 24^20, about 91 random bits. */
export const newVoucherCode = (): string =>
  Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
  ).join('-')

/** However it was typed: case, spaces and hyphens are nothing. */
const plain = (typed: string) => typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')

export const voucherHash = (typed: string) => hashSecret(`voucher ${plain(typed)}`)
/** What it may be told by. */
export const voucherHint = (typed: string) => plain(typed).slice(-4)

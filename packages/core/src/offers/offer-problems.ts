import { AppError } from '../errors.ts'

/** What SQL `admit_offers` refuses, in the last moment and under lock. */
export type OfferProblem = keyof typeof WORDS

const WORDS = {
  PROMO_UNKNOWN: 'This code is not valid. Check how it is spelt.',
  PROMO_NOT_YET: 'This code is not valid yet.',
  PROMO_OVER: 'This code has ended.',
  PROMO_USED_UP: 'This code has been used up.',
  PROMO_USED_BY_YOU: 'You have used this code as often as one person may.',
  VOUCHER_UNKNOWN: 'There is no such gift voucher. Check the code.',
  VOUCHER_OVER: 'This gift voucher has expired.',
  VOUCHER_BALANCE: 'The balance of this gift voucher has changed.',
} as const

export const offerWords = (problem: OfferProblem): string => WORDS[problem]

/** The refusal of a code at checkout: nothing was charged, and the seats are still held. */
export const promoRefused = (words: string) => refused('PROMO_REFUSED', words)
export const voucherRefused = (words: string) => refused('VOUCHER_REFUSED', words)
export const offerRefused = (problem: OfferProblem) =>
  refused(problem.startsWith('PROMO') ? 'PROMO_REFUSED' : 'VOUCHER_REFUSED', WORDS[problem])

const refused = (code: 'PROMO_REFUSED' | 'VOUCHER_REFUSED', words: string) =>
  new AppError(code, `${words} Your seats are still held and you have not been charged.`)

import type { RefundView } from '@marquee/contracts/cancellations'
import { formatDate, formatMoment, localDate, midSentence } from '../../lib/format.ts'

type RefundWords = { badge: string; tone: 'ok' | 'marquee' | 'danger'; sentence: string }

/** The promised day is over, by the server's clock. */
export const isLate = (refund: Pick<RefundView, 'promisedBy'>, now: string): boolean =>
  refund.promisedBy !== null && refund.promisedBy < now

/** How far a refund has come, in a word and in a sentence. */
export function refundWords(
  refund: Pick<RefundView, 'state' | 'promisedBy' | 'processedAt'>,
  timeZone: string,
  /** The promised day is over. */
  late = false,
): RefundWords {
  const promised = refund.promisedBy ? ` by ${formatDate(localDate(refund.promisedBy, timeZone))} at the latest` : ''
  switch (refund.state) {
    case 'DUE':
      return {
        badge: 'Starting',
        tone: 'marquee',
        sentence: `It goes back the way you paid, and ${late ? 'was to be' : 'is'} there${promised || ' within a few working days'}.`,
      }
    case 'PENDING':
      return {
        badge: 'On its way',
        tone: 'marquee',
        sentence: `The bank has it. It ${late ? 'was to' : 'should'} be with you${promised || ' within a few working days'}.`,
      }
    case 'PROCESSED':
      return {
        badge: 'Paid back',
        tone: 'ok',
        sentence: `Sent${refund.processedAt ? ` ${midSentence(formatMoment(refund.processedAt, timeZone))}` : ''}. Your bank may take a few days to show it.`,
      }
    case 'FAILED':
      return {
        badge: 'Held up',
        tone: 'danger',
        sentence:
          'It has not got through yet. The money is yours all the same: we see to it, and write to you when it is sent.',
      }
  }
}

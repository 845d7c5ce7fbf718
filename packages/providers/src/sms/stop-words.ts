const STOP = ['stop', 'stopall', 'quit', 'end', 'revoke', 'opt out', 'optout', 'cancel', 'unsubscribe']
const START = ['start', 'unstop', 'opt in', 'optin', 'subscribe']
/** Politeness and pointing around the word change nothing. */
const AROUND = new Set(
  'please pls kindly now thanks thank you me it this these all calling texting messaging sending calls texts messages alerts sms'.split(
    ' ',
  ),
)
/** Nobody writes an order at such length, and it must not cost more to find that out. */
const MOST_CHARACTERS = 200

/**
 * What somebody who writes back wants: nothing more from us, or to have that taken back; null when it is neither. In any
 * case and script width, with any punctuation. "Don't stop" and "the end was great" are neither.
 */
export function readStopWord(text: string): 'stop' | 'start' | null {
  if (text.length > MOST_CHARACTERS) return null
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
  const first = words.findIndex((word) => !AROUND.has(word))
  const last = words.findLastIndex((word) => !AROUND.has(word))
  const said = words.slice(Math.max(0, first), last + 1).join(' ')
  // S.T.O.P and S T O P as well.
  const joined = /^(?:\p{L} )+\p{L}$/u.test(said) ? said.replaceAll(' ', '') : said
  if (STOP.includes(joined)) return 'stop'
  return START.includes(joined) ? 'start' : null
}

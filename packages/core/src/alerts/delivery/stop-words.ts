const STOP = /^(stop|stopall|stop all|quit|end|revoke|opt ?out|cancel|unsubscribe|arret|remove)$/
/** A sentence that begins like this means it as well: any reasonable way counts. */
const STOP_SENTENCE =
  /^(stop|unsubscribe|opt ?out|revoke|quit|cancel|remove me)\b|\b(?:do not|don t|dont|never|no more) (?:ever )?(?:call|text|contact|messag|sms)/
const START = /^(start|unstop|yes|subscribe|opt ?in)$/
/** Politeness before the word, or after it, changes nothing. */
const POLITE = /^(?:(?:please|pls|kindly) )+|(?: (?:please|pls|now|thanks|thank you))+$/g
/** S.T.O.P and S T O P. */
const SPELT = /^\p{L}(?: \p{L})+$/u
/** Nobody writes an order at such length, and it must not cost more to find that out. */
const MOST_CHARACTERS = 320

/** What somebody who writes to us wants: in any case and script width, with any punctuation. Pure. */
export function meaningOf(text: string): 'stop' | 'start' | 'other' {
  const plain = text
    .slice(0, MOST_CHARACTERS)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\p{M}\p{Cf}]/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replaceAll(POLITE, '')
  const words = SPELT.test(plain) ? plain.replaceAll(' ', '') : plain
  if (START.test(words)) return 'start'
  return STOP.test(words) || STOP_SENTENCE.test(words) ? 'stop' : 'other'
}

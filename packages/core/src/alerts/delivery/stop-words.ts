/** Whole messages, in any case and with any punctuation. */
const STOP = /^(stop|stopall|stop all|quit|end|revoke|opt ?out|cancel|unsubscribe|arret|remove)$/
/** A sentence that begins like this means it as well: any reasonable way counts. */
const STOP_SENTENCE =
  /^(stop|unsubscribe|opt ?out|revoke|quit|cancel|remove me)\b|\b(do not|don t|never) (call|text|contact|message)\b/
const START = /^(start|unstop|yes|subscribe|opt ?in)$/

/** What somebody who writes to us wants. Pure. */
export function meaningOf(text: string): 'stop' | 'start' | 'other' {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  if (START.test(words)) return 'start'
  return STOP.test(words) || STOP_SENTENCE.test(words) ? 'stop' : 'other'
}

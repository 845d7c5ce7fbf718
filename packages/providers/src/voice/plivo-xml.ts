import type { CallScript } from './voice-caller.ts'
import { document, element, escapeXml } from './xml.ts'

/** Plivo refuses a whole answer for one language its voices do not have, so what is not listed is read in English. */
const VOICES: Record<string, { voice: string; language: string }> = {
  en: { voice: 'Polly.Aditi', language: 'en-IN' },
  'en-GB': { voice: 'Polly.Amy', language: 'en-GB' },
  'en-US': { voice: 'Polly.Joanna', language: 'en-US' },
  hi: { voice: 'Polly.Aditi', language: 'hi-IN' },
}
const voiceOf = (language: string) => VOICES[language] ?? VOICES[language.split('-', 1)[0]!] ?? VOICES.en!

const speak = (text: string, language: string) => element('Speak', voiceOf(language), escapeXml(text))

/** A script as Plivo reads it. */
export const plivoXml = (script: CallScript): string =>
  document(
    script
      .map((step) => {
        if ('say' in step) return speak(step.say, step.language)
        if ('pauseSeconds' in step) return element('Wait', { length: Math.max(1, Math.round(step.pauseSeconds)) })
        if ('hangUp' in step) return element('Hangup')
        const { ask, language, keys, keyUrl, waitSeconds } = step
        const attributes = {
          action: keyUrl,
          method: 'POST',
          numDigits: 1,
          validDigits: keys,
          retries: 1,
          timeout: Math.max(1, Math.round(waitSeconds)),
        }
        return element('GetDigits', attributes, speak(ask, language))
      })
      .join(''),
  )

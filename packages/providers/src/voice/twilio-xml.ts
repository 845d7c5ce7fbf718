import type { CallScript } from './voice-caller.ts'
import { document, element, escapeXml } from './xml.ts'

const VOICES: Record<string, { voice: string; language: string }> = {
  en: { voice: 'Polly.Aditi', language: 'en-IN' },
  'en-GB': { voice: 'Polly.Amy', language: 'en-GB' },
  'en-US': { voice: 'Polly.Joanna', language: 'en-US' },
  hi: { voice: 'Polly.Aditi', language: 'hi-IN' },
  te: { voice: 'Google.te-IN-Standard-A', language: 'te-IN' },
  ta: { voice: 'Google.ta-IN-Standard-A', language: 'ta-IN' },
}
const voiceOf = (language: string) => VOICES[language] ?? VOICES[language.split('-', 1)[0]!] ?? VOICES.en!

const say = (text: string, language: string) => element('Say', voiceOf(language), escapeXml(text))

/** A script as Twilio reads it. It posts every key: it has no way to be told which ones are meant. */
export const twilioXml = (script: CallScript): string =>
  document(
    script
      .map((step) => {
        if ('say' in step) return say(step.say, step.language)
        if ('pauseSeconds' in step) return element('Pause', { length: Math.max(1, Math.round(step.pauseSeconds)) })
        if ('hangUp' in step) return element('Hangup')
        const { ask, language, keyUrl, waitSeconds } = step
        const timeout = Math.max(1, Math.round(waitSeconds))
        const attributes = { input: 'dtmf', action: keyUrl, method: 'POST', numDigits: 1, finishOnKey: '', timeout }
        return element('Gather', attributes, say(ask, language))
      })
      .join(''),
  )

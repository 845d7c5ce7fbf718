import type { CallScript } from '@marquee/providers/voice/voice-caller'
import type { AlertFacts } from './alert-facts.ts'
import { type SpokenLanguage, spokenList, spokenMoment, spokenName } from './spoken-words.ts'

type Spoken = Pick<AlertFacts, 'name' | 'title' | 'city' | 'kind' | 'session'>

const LANGUAGE = 'en-IN'
/** How quickly the voices of the carriers speak, at their slowest. */
const WORDS_PER_SECOND = 2.8
/** Of a title, by how many films there are: all of it is said within twenty seconds. */
const MOST_WORDS: Record<number, number> = { 1: 7, 2: 4, 3: 2 }
const READABLE = /[\p{Script=Latin}\d]/u
/** After the question, for the key. */
const WAIT_SECONDS = 6

/** How long a text takes to say, in seconds. */
export const spokenSeconds = (text: string) => text.split(/\s+/).filter(Boolean).length / WORDS_PER_SECOND

/** Who calls, about which film, when and where it begins: one call speaks of all that is due. */
export function spokenNews(alerts: Spoken[], language: SpokenLanguage = 'en'): string {
  const first = alerts[0]
  if (!first) return ''
  const { name, city, kind, session } = first
  const most = MOST_WORDS[alerts.length] ?? 2
  // A voice that speaks English has no sound for other scripts.
  const films = spokenList(
    alerts.map(({ title }) => (READABLE.test(title) ? spokenName(title, most, language) : 'the film you asked for')),
  )
  const news = kind === 'SEATS_BACK' ? 'There are seats again for' : 'Booking is open for'
  const where = `${spokenMoment(session.startsAt, session.zone, language)}, at ${spokenName(session.cinema.name, alerts.length > 2 ? 2 : 4, language)}`
  const showing = alerts.length > 1 ? 'The first starts' : 'First showing'
  return `Hello ${spokenName(name, 1, language)}, this is Marquee. ${news} ${films} in ${spokenName(city, 3, language)}. ${showing} ${where}.`
}

export const KEYS_SAID = 'Press 1 to stop these calls, 2 to be called in ten minutes, 9 for never again.'

/** What a person hears who picks up: twenty seconds at most, the keys at its end and once more when none is pressed. */
export const alertScript = (alerts: Spoken[], keyUrl: string): CallScript => [
  { say: spokenNews(alerts), language: LANGUAGE },
  { ask: KEYS_SAID, language: LANGUAGE, keys: '129', waitSeconds: WAIT_SECONDS, keyUrl },
  { say: 'Goodbye.', language: LANGUAGE },
  { hangUp: true },
]

/** The same as a trial: nothing has opened. */
export const testScript = (name: string, keyUrl: string): CallScript => [
  {
    say: `Hello ${spokenName(name, 2)}, this is Marquee. This is the test call you asked for. When booking opens, we call like this.`,
    language: LANGUAGE,
  },
  { ask: 'Press 9 to never be called again.', language: LANGUAGE, keys: '19', waitSeconds: WAIT_SECONDS, keyUrl },
  { hangUp: true },
]

const ANSWERS = {
  acknowledged: 'Thank you. We tell you nothing more about it. Enjoy the film.',
  snoozed: 'We will call again in ten minutes.',
  'snoozed-text': 'We will remind you by message in ten minutes.',
  'nothing-left': 'We have told you as often as we may. Goodbye.',
  'opted-out': 'This number will never be called again. Goodbye.',
  over: 'You know already. Goodbye.',
  unknown: 'Goodbye.',
} as const
export type SpokenAnswer = keyof typeof ANSWERS

export const lastWords = (answer: SpokenAnswer): CallScript => [
  { say: ANSWERS[answer], language: LANGUAGE },
  { hangUp: true },
]
/** For a machine: nothing is said. */
export const silence: CallScript = [{ hangUp: true }]

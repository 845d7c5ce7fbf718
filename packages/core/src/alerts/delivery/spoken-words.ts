// How dates, times and names are said aloud. English so far; another language is another entry of SPOKEN.

export type SpokenLanguage = 'en'
type Words = {
  date(day: Temporal.PlainDate): string
  time(time: Temporal.PlainTime): string
  /** Signs that a voice reads badly, or by their names. */
  plain(text: string): string
}

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = '_ _ twenty thirty forty fifty'.split(' ')
const ORDINALS: Record<string, string> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
  twenty: 'twentieth',
  thirty: 'thirtieth',
}
const DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')
const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** 0 to 59. */
const number = (n: number): string =>
  n < 20 ? ONES[n]! : n % 10 === 0 ? TENS[n / 10]! : `${TENS[Math.floor(n / 10)]} ${ONES[n % 10]}`

function ordinal(n: number): string {
  const words = number(n).split(' ')
  const last = words.pop()!
  return [...words, ORDINALS[last] ?? `${last}th`].join(' ')
}

const english: Words = {
  date: (day) => `${DAYS[day.dayOfWeek - 1]} the ${ordinal(day.day)} of ${MONTHS[day.month - 1]}`,
  time({ hour, minute }) {
    if (minute === 0 && hour === 12) return 'noon'
    if (minute === 0 && hour === 0) return 'midnight'
    const clock = number(hour % 12 === 0 ? 12 : hour % 12)
    const past = minute === 0 ? '' : minute < 10 ? ` oh ${number(minute)}` : ` ${number(minute)}`
    const part =
      hour < 12 ? 'in the morning' : hour < 17 ? 'in the afternoon' : hour < 21 ? 'in the evening' : 'at night'
    return `${clock}${past} ${part}`
  },
  plain: (text) =>
    text
      .replaceAll(/\s*&\s*/g, ' and ')
      .replaceAll(/\s*\+\s*/g, ' plus ')
      .replaceAll(/[<>[\]{}()*_#|~^=\\/"“”]+/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
}
const SPOKEN: Record<SpokenLanguage, Words> = { en: english }

/** "Friday the twenty seventh of November, seven thirty in the evening", on the clock of `zone`. */
export function spokenMoment(at: string, zone: string, language: SpokenLanguage = 'en'): string {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone)
  const words = SPOKEN[language]
  return `${words.date(local.toPlainDate())}, ${words.time(local.toPlainTime())}`
}

/** A name as it is said, cut at a word when it would take too long. */
export function spokenName(name: string, most = 8, language: SpokenLanguage = 'en'): string {
  const words = SPOKEN[language].plain(name).split(' ').slice(0, most).join(' ')
  return words.length > 60 ? words.slice(0, 60).replace(/\s\S*$/, '') : words
}

/** "A", "A and B", "A, B and C". */
export const spokenList = (names: string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

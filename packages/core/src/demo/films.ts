import type { DemoFilm } from './demo-film.ts'
import { ENGLISH_FILMS } from './films-english.ts'
import { HINDI_FILMS } from './films-hindi.ts'
import { KANNADA_FILMS } from './films-kannada.ts'
import { MALAYALAM_FILMS } from './films-malayalam.ts'
import { TAMIL_FILMS } from './films-tamil.ts'
import { TELUGU_FILMS } from './films-telugu.ts'

/** The films of the demo: all invented, as are the people in them. */
export const DEMO_FILMS: DemoFilm[] = [
  ...TELUGU_FILMS,
  ...HINDI_FILMS,
  ...TAMIL_FILMS,
  ...MALAYALAM_FILMS,
  ...KANNADA_FILMS,
  ...ENGLISH_FILMS,
]

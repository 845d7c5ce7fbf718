import { createHash } from 'node:crypto'

/** Dark enough for white words on them. */
const COLOURS = ['#7a3b2e', '#2e5a7a', '#4b3b7a', '#2f6b52', '#7a5a2e', '#6b2f55', '#3b4f5f', '#5f5a2b']

/** The ground of a poster that we have not: the same each time for one film. */
export const colourOf = (filmKey: string): string =>
  COLOURS[(createHash('sha256').update(filmKey).digest()[0] ?? 0) % COLOURS.length] ?? '#3b4f5f'

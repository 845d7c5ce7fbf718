import { paths } from '../lib/paths.ts'

export const mainNav = [
  { to: paths.films(), label: 'Films' },
  { to: paths.theatres(), label: 'Cinemas' },
] as const

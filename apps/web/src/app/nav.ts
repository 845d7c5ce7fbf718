import { paths } from '../lib/paths.ts'

export const mainNav = [
  { to: paths.films(), label: 'Films' },
  { to: paths.theatres(), label: 'Cinemas' },
] as const

/** Wide screens only: on a phone the bar at the bottom has them. */
export const headerNav = [...mainNav, { to: paths.alerts(), label: 'Alerts' }] as const

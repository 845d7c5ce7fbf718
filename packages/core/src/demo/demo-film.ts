/** A film of the demo catalogue. Weeks count Fridays: 0 is the latest one, negative is past, positive is to come. */
export type DemoFilm = {
  slug: string
  title: string
  nativeTitle: string | null
  /** Languages it is shown in; the first is the one it was made in. */
  languages: string[]
  week: number
  runtimeMinutes: number
  certificate: string
  genres: string[]
  formats: string[]
  director: string
  cast: [name: string, role: string][]
  tagline: string
  synopsis: string
  posterColour: string
  featured?: boolean
  /** How much of the town talks about it: 1 is ordinary. Decides its share of the screens and of the seats sold. */
  draw?: number
  /** Days before release at which its first times are published; 4 unless told. */
  opensDaysBefore?: number
}

import { MovieWrite } from '@marquee/contracts/movies'
import { describe, expect, it } from 'vitest'
import { DEMO_FILMS } from './films.ts'
import { fridayOf } from './write-catalogue.ts'

const SCRIPT: Record<string, RegExp> = {
  Telugu: /\p{Script=Telugu}/u,
  Hindi: /\p{Script=Devanagari}/u,
  Tamil: /\p{Script=Tamil}/u,
  Malayalam: /\p{Script=Malayalam}/u,
  Kannada: /\p{Script=Kannada}/u,
}

describe('the demo films', () => {
  it('are many, with slugs and titles of their own', () => {
    expect(DEMO_FILMS.length).toBeGreaterThanOrEqual(36)
    expect(new Set(DEMO_FILMS.map((film) => film.slug)).size).toBe(DEMO_FILMS.length)
    expect(new Set(DEMO_FILMS.map((film) => film.title)).size).toBe(DEMO_FILMS.length)
  })

  it.each(DEMO_FILMS.map((film) => [film.slug, film] as const))('%s is one the admin panel would accept', (_, film) => {
    const written = MovieWrite.safeParse({
      ...film,
      cast: film.cast.map(([name, role]) => ({ name, role })),
      language: film.languages[0],
      releaseDate: fridayOf('2026-11-21', film.week),
    })
    expect(written.error).toBeUndefined()
    const script = SCRIPT[film.languages[0]!]
    if (script) expect(film.nativeTitle).toMatch(script)
    else expect(film.nativeTitle).toBeNull()
  })
})

it.each([
  ['2026-11-20', 0, '2026-11-20'],
  ['2026-11-21', 0, '2026-11-20'],
  ['2026-11-26', 0, '2026-11-20'],
  ['2026-11-21', -2, '2026-11-06'],
  ['2026-11-21', 1, '2026-11-27'],
])('on %s week %d opens on %s', (today, week, friday) => {
  expect(fridayOf(today, week)).toBe(friday)
})

import type { AlertFilm } from '@marquee/contracts/alerts'
import { expect, test } from 'vitest'
import { matchFilms, namedFilm } from './match-films.ts'

const film = (title: string, language: string, movieSlug: string | null = null) =>
  ({ key: `title:${title}|${language}`, title, language, movieSlug }) as AlertFilm
const films = [film('Léo', 'Tamil', 'leo'), film('Leo: Part 2', 'Tamil'), film('Tom & Jerry', 'English')]
const found = (text: string) => matchFilms(films, text).map(({ title }) => title)

test('every word counts, accents and signs do not', () => {
  expect(found('leo')).toEqual(['Léo', 'Leo: Part 2'])
  expect(found('  PART leo ')).toEqual(['Leo: Part 2'])
  expect(found('tom jerry')).toEqual(['Tom & Jerry'])
  expect(found('tamil')).toHaveLength(2)
  expect(found('')).toHaveLength(3)
  expect(found('zz')).toEqual([])
})

test('an address names one film and never a sequel', () => {
  expect(namedFilm(films, 'leo')?.title).toBe('Léo')
  expect(namedFilm(films, 'title:Leo: Part 2|Tamil')?.title).toBe('Leo: Part 2')
  expect(namedFilm(films, 'le')).toBeUndefined()
})

import type { AlertFilm } from '@marquee/contracts/alerts'
import { expect, test } from 'vitest'
import { filmOfCity, matchFilms, namedFilm } from './match-films.ts'

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

test('a choice is one that its city has, or none and a word about it', () => {
  const chosen = { ...film('Tom & Jerry', 'English'), onSaleAt: ['Marquee'] }
  const where = { chosen, named: null, cityName: 'Chennai' }
  expect(filmOfCity(undefined, where)).toEqual({ film: chosen, news: '' })
  // As this list has it: on sale elsewhere is not on sale here.
  expect(filmOfCity(films, where).film).toBe(films[2])
  expect(filmOfCity(films.slice(0, 2), where)).toEqual({
    film: null,
    news: 'Tom & Jerry is not listed in Chennai, so we took it out. Choose another film.',
  })
  expect(filmOfCity(films, { ...where, chosen: null, named: 'leo' }).film).toBe(films[0])
  expect(filmOfCity(films, { ...where, chosen: null, named: 'gone' }).news).toMatch(/^The film you came from/)
})

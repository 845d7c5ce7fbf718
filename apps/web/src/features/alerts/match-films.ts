import type { AlertFilm } from '@marquee/contracts/alerts'

/** Accents, case and punctuation do not matter to somebody typing. */
const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Mark}\p{Number}]+/gu, ' ')
    .trim()

/** Every word that was typed is somewhere in the title or the language; the order is the list's own. */
export function matchFilms(films: readonly AlertFilm[], text: string): AlertFilm[] {
  const words = fold(text).split(' ').filter(Boolean)
  return films.filter(({ title, language }) => {
    const folded = fold(`${title} ${language ?? ''}`)
    return words.every((word) => folded.includes(word))
  })
}

/** The film that an address names: by its slug here, or by its own key. */
export const namedFilm = (films: readonly AlertFilm[], name: string): AlertFilm | undefined =>
  films.find(({ key, movieSlug }) => movieSlug === name || key === name)

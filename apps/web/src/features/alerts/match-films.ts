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

/**
 * What a choice comes to in a city: the film as its list has it, or none and a word about that. Nothing is forgotten: back
 * in the city that has it, it is chosen again. `named`: from the address, until somebody chooses.
 */
export function filmOfCity(
  /** Undefined while the list is on its way. */
  films: readonly AlertFilm[] | undefined,
  { chosen, named, cityName }: { chosen: AlertFilm | null; named: string | null; cityName: string },
): { film: AlertFilm | null; news: string } {
  if (!films) return { film: chosen, news: '' }
  if (chosen) {
    const film = films.find(({ key }) => key === chosen.key) ?? null
    const gone = `${chosen.title} is not listed in ${cityName}, so we took it out. Choose another film.`
    return { film, news: film ? '' : gone }
  }
  if (named === null) return { film: null, news: '' }
  const film = namedFilm(films, named) ?? null
  const unknown = `The film you came from is not listed in ${cityName}. Choose one that is, or another city.`
  return { film, news: film ? '' : unknown }
}

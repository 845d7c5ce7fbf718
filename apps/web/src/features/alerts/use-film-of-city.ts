import type { AlertFilm } from '@marquee/contracts/alerts'
import { useEffect, useRef, useState } from 'react'
import { namedFilm } from './match-films.ts'

interface FilmOfCity {
  /** Undefined while the list of the city is on its way. */
  films: readonly AlertFilm[] | undefined
  film: AlertFilm | null
  /** From the address: chosen as soon as a list has it, and only until somebody chose otherwise. */
  filmName: string | null
  cityName: string
  setFilm: (film: AlertFilm | null) => void
}

/** Keeps the chosen film one that its city has. @returns what became of the choice, in words; '' when nothing did */
export function useFilmOfCity({ films, film, filmName, cityName, setFilm }: FilmOfCity): string {
  const [news, setNews] = useState('')
  const wanted = useRef(filmName)
  const set = useRef(setFilm)
  useEffect(() => {
    set.current = setFilm
  })
  useEffect(() => {
    if (!films) return
    if (wanted.current !== null) {
      const found = namedFilm(films, wanted.current)
      wanted.current = null
      if (found) return set.current(found)
      return setNews(`The film you came from is not listed in ${cityName}. Choose one that is, or another city.`)
    }
    if (!film) return
    const still = films.find(({ key }) => key === film.key)
    if (!still) {
      setNews(`${film.title} is not listed in ${cityName}, so we took it out. Choose another film.`)
      set.current(null)
    } else if (still !== film) set.current(still)
  }, [films, film, cityName])
  useEffect(() => {
    if (film) setNews('')
  }, [film])
  return news
}

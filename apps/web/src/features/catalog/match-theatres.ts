import type { TheatreCard } from '@marquee/contracts/theatres'

const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()

/** Cinemas whose name, area or address has every word that was typed. */
export function matchTheatres(theatres: readonly TheatreCard[], text: string): TheatreCard[] {
  const words = fold(text).split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  return theatres.filter((theatre) => {
    const about = fold(`${theatre.name} ${theatre.area} ${theatre.address}`)
    return words.every((word) => about.includes(word))
  })
}

import type { City } from '@marquee/contracts/cities'

/** Accents and case do not matter to somebody typing. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .trim()
}

/** Names and aliases; those that start with what was typed come first, in the order the API gave. */
export function matchCities(cities: readonly City[], text: string): City[] {
  const typed = fold(text)
  if (!typed) return [...cities]
  const rank = (city: City): number => {
    const names = [city.name, ...city.aliases].map(fold)
    if (names.some((name) => name.startsWith(typed))) return 0
    if (names.some((name) => name.includes(typed)) || fold(city.region).startsWith(typed)) return 1
    return 2
  }
  return cities
    .map((city) => ({ city, rank: rank(city) }))
    .filter((entry) => entry.rank < 2)
    .sort((a, b) => a.rank - b.rank)
    .map((entry) => entry.city)
}

/** Below this share of common letter triples two names are not the same name mistyped. */
const LIKENESS = 0.34
const CANDIDATES = 5_000
const ANSWERS = 20

type Title = { id: string; title: string; nativeTitle: string | null }

/** Ids of films whose title is spelt nearly as asked, the nearest first: "avngers" finds Avengers. */
export function closestTitles(asked: string, titles: readonly Title[]): string[] {
  const wanted = triples(asked)
  if (wanted.size < 3) return []
  return titles
    .slice(0, CANDIDATES)
    .map(({ id, title, nativeTitle }) => ({
      id,
      score: Math.max(nearest(wanted, title), nearest(wanted, nativeTitle ?? '')),
    }))
    .filter(({ score }) => score >= LIKENESS)
    .sort((a, b) => b.score - a.score)
    .slice(0, ANSWERS)
    .map(({ id }) => id)
}

/** Against the whole title, and against each of its words, so that one word of a long title is enough. */
function nearest(wanted: Set<string>, title: string): number {
  return Math.max(
    likeness(wanted, triples(title)),
    ...words(title).map((word) => likeness(wanted, triples(word)) * 0.95),
  )
}

/** Triples in common over triples in all (Jaccard). */
function likeness(a: Set<string>, b: Set<string>): number {
  if (a.size === 0 || b.size === 0) return 0
  let common = 0
  for (const triple of a) if (b.has(triple)) common += 1
  return common / (a.size + b.size - common)
}

const words = (text: string) =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean)

function triples(text: string): Set<string> {
  const found = new Set<string>()
  for (const word of words(text)) {
    const padded = `  ${word} `
    for (let i = 0; i + 3 <= padded.length; i += 1) found.add(padded.slice(i, i + 3))
  }
  return found
}

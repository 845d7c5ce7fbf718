export interface Choice {
  slug: string
  label: string
}

/** What is chosen stays, and says so where it does not go with the rest: an answer must not change by itself. */
export function narrowChoices(all: readonly Choice[], possible: readonly string[] | null, chosen: string): Choice[] {
  if (!possible) return [...all]
  return all
    .filter(({ slug }) => slug === chosen || possible.includes(slug))
    .map((choice) => (possible.includes(choice.slug) ? choice : { ...choice, label: `${choice.label} (not that day)` }))
}

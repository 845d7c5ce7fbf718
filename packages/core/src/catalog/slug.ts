const MAX_SLUG = 90

/** A title as a path: lower-case letters, digits and single hyphens. A title with none of them gives "film". */
export function slugify(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
  return plain.slice(0, MAX_SLUG).replaceAll(/^-+|-+$/g, '') || 'film'
}

/** The first of slug, slug-2, slug-3 … that is not taken. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  let candidate = slug
  for (let n = 2; taken.has(candidate); n += 1) candidate = `${slug}-${n}`
  return candidate
}

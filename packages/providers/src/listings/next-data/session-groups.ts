import { arrayOf, at } from '../reading/json-value.ts'

/** Lists of cinemas, or of one cinema's films, each with its sessions. Newer answers part cinemas by how far they are. */
const LISTS = [
  ['arrangedSessions'],
  ['pageData', 'arrangedSessions'],
  ['nearbyCinemas'],
  ['farCinemas'],
  ['pageData', 'nearbyCinemas'],
  ['pageData', 'farCinemas'],
]
export const groupsOf = (value: unknown): { group: unknown; path: string }[] | null => {
  const lists = LISTS.filter((keys) => Array.isArray(at(value, ...keys)))
  if (lists.length === 0) return null
  return lists.flatMap((keys) =>
    arrayOf(at(value, ...keys)).map((group, i) => ({ group, path: `${keys.join('.')}[${i}]` })),
  )
}

import { COMMON_PASSWORDS, COMMON_ROOTS } from './common-passwords.ts'

/** Along these, forwards and backwards, fingers run without a thought. */
const RUNS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'].flatMap((run) => [
  run,
  [...run].toReversed().join(''),
])
const SHORTEST_RUN = 4
/** So much must be left of a password when what anybody could guess is taken out of it. */
const MUST_REMAIN = 4
/** Digits alone can be tried through to here. */
const SHORTEST_NUMBER = 12
/** Shorter names are in half of all passwords by chance. */
const SHORTEST_NAME = 3

const STANDS_FOR: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

const TRIVIAL = 'this password is one of the first anybody would try: choose another'
const OWN = 'do not use your own name, address or number as the password'

type Owner = { email?: string | null; name?: string | null; username?: string | null; phone?: string | null }

/** Says why a new password would be guessed at once; null when it would not. */
export function passwordProblem(password: string, owner: Owner): string | null {
  const lower = password.toLowerCase()
  if (isCommon(lower) || isRepetition(lower) || without(lower, runsIn(lower)).length < MUST_REMAIN) return TRIVIAL
  const isOwn = ownParts(owner).some((parts) => {
    const left = without(lower, parts)
    return left !== lower && lettersOf(left).length < MUST_REMAIN
  })
  return isOwn ? OWN : null
}

function isCommon(lower: string): boolean {
  if (COMMON_PASSWORDS.has(lower)) return true
  const root = rootOf(lower)
  if (root === '' && lower.length < SHORTEST_NUMBER) return true
  // As written, and read as letters; what is at the end goes before or after that: "welcome1" is no "welcomei".
  return [root, asLetters(root), rootOf(asLetters(lower))].some((reading) => COMMON_ROOTS.has(reading))
}

const asLetters = (text: string) => text.replace(/[013457@$!]/g, (sign) => STANDS_FOR[sign] ?? sign)

/** Without the year, the number and the signs around a word: "welcome@2024!" is "welcome". */
const rootOf = (lower: string) => lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')

/** "aaaaaaaa", "abababab", "samosasamosa": little to guess, however long. */
function isRepetition(lower: string): boolean {
  if (new Set(lower).size < 4) return true
  return /^(.{1,6}?)\1+$/.test(lower) || /^(.{1,4}?)\1{2,}.{0,3}$/.test(lower)
}

/** Pieces of the alphabet, of counting and of rows of keys. */
function runsIn(lower: string): string[] {
  const found: string[] = []
  for (let at = 0; at < lower.length; ) {
    const length = Math.max(...RUNS.map((run) => commonLength(run, lower, at)))
    if (length >= SHORTEST_RUN) found.push(lower.slice(at, at + length))
    at += length >= SHORTEST_RUN ? length : 1
  }
  return found
}

function commonLength(run: string, text: string, at: number): number {
  const start = run.indexOf(text[at] ?? '')
  let length = 0
  while (start >= 0 && start + length < run.length && run[start + length] === text[at + length]) length++
  return length
}

/** What is somebody's own, as a whole and word by word, longest first. */
function ownParts({ email, name, username, phone }: Owner): string[][] {
  const [mailbox = '', domain = ''] = (email ?? '').toLowerCase().split('@')
  const words = [name ?? '', username ?? '', mailbox, domain].flatMap((text) => text.toLowerCase().split(/[^\p{L}]+/u))
  const wholes = [email ?? '', mailbox, username ?? '', (phone ?? '').replace(/^\+/, ''), (phone ?? '').slice(-10)]
  return [wholes.map((whole) => whole.toLowerCase()), words].map((parts) =>
    parts.filter((part) => part.length >= SHORTEST_NAME).toSorted((a, b) => b.length - a.length),
  )
}

const without = (text: string, parts: string[]) => parts.reduce((left, part) => left.replaceAll(part, ''), text)
/** What is neither a birthday nor an exclamation mark. */
const lettersOf = (text: string) => text.replace(/[^\p{L}]/gu, '')

import { createHash } from 'node:crypto'
import type { Evidence } from '../listing-source.ts'

export const EXCERPT_LENGTH = 200

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Whitespace and control characters become one blank; never more than 200 characters, never half a surrogate pair. */
export function excerptOf(piece: string): string {
  // The cut before the cleaning bounds the work on a piece of megabytes.
  const clean = piece
    .slice(0, EXCERPT_LENGTH * 8)
    .replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ')
    .trim()
  if (clean.length <= EXCERPT_LENGTH) return clean
  const cut = clean.slice(0, EXCERPT_LENGTH - 1)
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`
}

/** What was read, kept so that a person can check it. `piece` is the part of the page, as text or as a JSON value. */
export function evidenceOf(rule: string, strength: Evidence['strength'], where: string, piece: unknown): Evidence {
  const text = typeof piece === 'string' ? piece : (JSON.stringify(piece) ?? String(piece))
  return { rule, strength, where, excerpt: excerptOf(text), hash: sha256(text) }
}

import fs from 'node:fs'
import path from 'node:path'
import { ROOT } from '../stack/paths.ts'
import { capture } from '../stack/steps.ts'

/** Forms that a key or token has and ordinary text has not. */
const PATTERNS: Record<string, RegExp> = {
  'private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  'Razorpay live key': /rzp_live_[A-Za-z0-9]{10,}/,
  'Twilio account': /\bAC[0-9a-f]{32}\b/,
  'AWS key': /\bAKIA[0-9A-Z]{16}\b/,
  'GitHub token': /\bgh[pousr]_[A-Za-z0-9]{36,}/,
  'npm token': /\bnpm_[A-Za-z0-9]{36}\b/,
  'Slack token': /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  'Google key': /\bAIza[0-9A-Za-z_-]{35}\b/,
  'signed JWT': /\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{20,}/,
  'password in an address':
    /[a-z][a-z0-9+]*:\/\/[^\s:@/'"`$<{]+:(?!(?:[a-z-]*password|postgres|marquee|secret|p%40ss|pass)@)[^\s@/'"`$<{]{6,}@/i,
}
const MAX_BYTES = 1_000_000

/** Which patterns a text matches. */
export const secretsIn = (text: string): string[] =>
  Object.entries(PATTERNS)
    .filter(([, pattern]) => pattern.test(text))
    .map(([name]) => name)

/** Looks through every tracked file for what must never be committed. */
export async function scanForSecrets(): Promise<{ code: number; output: string }> {
  const { code, output } = await capture('git', ['ls-files', '-z'])
  if (code !== 0) return { code: 0, output: 'not a git checkout: nothing is tracked' }
  const found: string[] = []
  for (const file of output.split('\0')) {
    const full = path.join(ROOT, file)
    // The scan's own test must name examples.
    if (!file || file === 'scripts/checks/secrets.test.ts' || !isText(full)) continue
    for (const [i, line] of fs.readFileSync(full, 'utf8').split('\n').entries()) {
      for (const name of secretsIn(line)) found.push(`${file}:${i + 1}: looks like a secret (${name})`)
    }
  }
  return { code: found.length === 0 ? 0 : 1, output: found.join('\n') }
}

function isText(file: string): boolean {
  const stat = fs.statSync(file, { throwIfNoEntry: false })
  if (!stat?.isFile() || stat.size > MAX_BYTES) return false
  return !/\.(png|jpe?g|webp|avif|ico|woff2?|ttf|pdf)$/.test(file)
}

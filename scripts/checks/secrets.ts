import fs from 'node:fs'
import path from 'node:path'
import { ROOT } from '../stack/paths.ts'
import { capture } from '../stack/steps.ts'

/** Forms that a key or token has and ordinary text has not. */
const PATTERNS: Record<string, RegExp> = {
  'private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  'Razorpay key': /rzp_(?:live|test)_[A-Za-z0-9]{14}\b/,
  'Twilio account': /\bAC[0-9a-f]{32}\b/,
  'AWS key': /\bA(?:KIA|SIA)[0-9A-Z]{16}\b/,
  'GitHub token': /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})/,
  'SendGrid key': /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/,
  'Stripe key': /\b[rs]k_live_[A-Za-z0-9]{16,}/,
  'npm token': /\bnpm_[A-Za-z0-9]{36}\b/,
  'Slack token': /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  'Google key': /\b(?:AIza[0-9A-Za-z_-]{35}\b|GOCSPX-[A-Za-z0-9_-]{20,})/,
  'signed JWT': /\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{20,}/,
  // Most keys have no form of their own (the gateway's secrets, Twilio's and Plivo's tokens): then what they are called.
  'value of a secret':
    /(?:secret|token|passw(?:or)?d|api[_-]?key|private[_-]?key|signing[_-]?key|auth[_-]?id)["']?\s*[:=]\s*["'`]?(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+/=-]{20,}/i,
  'password in an address':
    /[a-z][a-z0-9+]*:\/\/[^\s:@/'"`$<{]+:(?!(?:[a-z-]*password|postgres|marquee|secret|p%40ss|pass)@)[^\s@/'"`$<{]{6,}@/i,
}
const MAX_BYTES = 1_000_000

/** Which patterns a text matches. */
export const secretsIn = (text: string): string[] =>
  Object.entries(PATTERNS)
    .filter(([, pattern]) => pattern.test(text))
    .map(([name]) => name)

/** Looks through every file that is tracked, or would be by `git add`, for what must never be committed. */
export async function scanForSecrets(): Promise<{ code: number; output: string; note?: string }> {
  const { code, output } = await capture('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
  if (code !== 0) return { code: 0, output: '', note: 'not looked for: this is no git checkout' }
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

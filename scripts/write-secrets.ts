import { existsSync, writeFileSync } from 'node:fs'
import { newSecrets } from './stack/environment.ts'

/** Makes an env file with fresh secrets, once: `node scripts/write-secrets.ts FILE`. */
const [file] = process.argv.slice(2)
if (!file) throw new Error('usage: write-secrets FILE')
if (!existsSync(file)) {
  const lines = Object.entries(newSecrets()).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(file, lines.join(''), { mode: 0o600 })
}

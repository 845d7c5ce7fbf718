import { existsSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './stack/paths.ts'

/** Each is loaded only when asked for: `verify` must not wait for the database driver to load. */
const COMMANDS: Record<string, (args: string[]) => Promise<number>> = {
  start: async (args) => (await import('./commands/start.ts')).start(args),
  dev: async () => (await import('./commands/dev.ts')).dev(),
  test: async (args) => (await import('./commands/test.ts')).test(args),
  verify: async () => (await import('./commands/verify.ts')).verify(),
  migrate: async (args) => (await import('./commands/with-database.ts')).migrate(args),
  seed: async (args) => (await import('./commands/with-database.ts')).runScript('scripts/seed.ts', args),
  superadmin: async (args) =>
    (await import('./commands/with-database.ts')).runScript('scripts/first-superadmin.ts', args),
  score: async (args) => (await import('./commands/with-database.ts')).score(args),
  bench: async (args) => (await import('./commands/with-database.ts')).bench(args),
  'check-invariants': async (args) =>
    (await import('./commands/with-database.ts')).runScript('scripts/check-invariants.ts', args),
  'read-listing': async (args) => (await import('./read-listing.ts')).readListing(args),
}

const [name = '', ...args] = process.argv.slice(2)
const command = COMMANDS[name]
if (!command) {
  console.error(`usage: npm run <${Object.keys(COMMANDS).join(' | ')}>`)
  process.exit(2)
}
const dotenv = path.join(ROOT, '.env')
// What is set already wins over the file.
if (existsSync(dotenv) && name !== 'test' && name !== 'verify') process.loadEnvFile(dotenv)
try {
  process.exit(await command(args))
} catch (error) {
  // Problems that a person can act on have one clear message; a stack trace is for those who ask.
  console.error(`\n${error instanceof Error ? (process.env.DEBUG ? error.stack : error.message) : String(error)}`)
  process.exit(1)
}

import fs from 'node:fs'
import path from 'node:path'
import { ENV_NAMES, readConfig } from '@marquee/core/config'
import { expect, test } from 'vitest'
import { ROOT } from '../stack/paths.ts'

const read = (file: string) => fs.readFileSync(path.join(ROOT, file), 'utf8')

/** `NAME=value`, also where it is only shown, as a comment. */
const exampleLines = () =>
  read('.env.example')
    .split('\n')
    .flatMap((line) => {
      const found = /^#?\s?([A-Z][A-Z0-9_]+)=(.*)$/.exec(line)
      return found ? [{ name: found[1] ?? '', value: found[2] ?? '', active: !line.startsWith('#') }] : []
    })

test('.env.example names every variable there is, once, and no other', () => {
  // Only for tests; a line in the example would be an invitation.
  const wanted = ENV_NAMES.filter((name) => name !== 'CRASH_AT').sort()
  const named = exampleLines()
    .map((line) => line.name)
    .sort()
  expect(named).toEqual(wanted)
})

test('what .env.example shows is accepted', () => {
  const shown = Object.fromEntries(exampleLines().map(({ name, value }) => [name, value]))
  const secrets = ['JWT_SECRET', 'TICKET_SIGNING_KEY', 'CONTACT_KEY', 'PAYMENT_KEY_SECRET', 'PAYMENT_WEBHOOK_SECRET']
  for (const name of secrets) shown[name] ||= 'x'.repeat(32)
  expect(readConfig(shown).database.url).toMatch(/^postgresql:/)
})

test('.env.example copied as it is changes nothing: what it sets are the defaults', () => {
  const base = { DATABASE_URL: 'postgresql://x@y/z', REDIS_URL: 'redis://x' }
  const secrets = {
    JWT_SECRET: 'x'.repeat(16),
    TICKET_SIGNING_KEY: 'x'.repeat(16),
    CONTACT_KEY: 'x'.repeat(16),
    PAYMENT_KEY_SECRET: 'x'.repeat(16),
    PAYMENT_WEBHOOK_SECRET: 'x'.repeat(16),
  }
  const active = Object.fromEntries(
    exampleLines()
      .filter((line) => line.active && line.value)
      .map((line) => [line.name, line.value]),
  )
  expect(readConfig({ ...base, ...secrets, ...active })).toEqual(readConfig({ ...base, ...secrets }))
})

test('the lockfile names no address, so it installs from any registry', () => {
  expect(read('pnpm-lock.yaml')).not.toMatch(/:\/\//)
})

test('every dependency is pinned to one version', () => {
  const manifests = [
    '.',
    'apps/api',
    'apps/web',
    'apps/worker',
    'packages/contracts',
    'packages/core',
    'packages/providers',
  ]
  for (const folder of manifests) {
    const manifest = JSON.parse(read(path.join(folder, 'package.json'))) as Record<
      string,
      Record<string, string> | undefined
    >
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
    for (const [name, version] of Object.entries(all))
      expect(`${name} ${version}`).toMatch(/ (workspace:\*|\d+\.\d+\.\d+[\w.-]*)$/)
  }
})

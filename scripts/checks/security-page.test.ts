import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../stack/paths.ts'

const page = fs.readFileSync(path.join(ROOT, 'docs/security.md'), 'utf8')
const files = fs
  .globSync('{apps,packages,scripts}/**/*.ts', { cwd: ROOT, exclude: (name) => name === 'node_modules' })
  .map((file) => `/${file.replaceAll('\\', '/')}`)
const SHORT: [string, string][] = [
  ['core/', 'packages/core/src/'],
  ['api/', 'apps/api/src/'],
  ['routes/', 'apps/api/src/routes/'],
]

/** `core/auth/x*.test.ts` as a pattern for whole paths. */
function patternOf(named: string): RegExp {
  const [short, long] = SHORT.find(([from]) => named.startsWith(from)) ?? ['', '']
  const whole = long + named.slice(short.length)
  const escaped = whole.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')
  return new RegExp(`/${escaped}$`)
}

test('every file that the threat model names is there', () => {
  const named = [...page.matchAll(/`([\w./*-]+\.ts)`/g)].map((match) => match[1] ?? '')
  expect(named.length).toBeGreaterThan(50)
  expect(named.filter((name) => !files.some((file) => patternOf(name).test(file)))).toEqual([])
})

test('every threat says where it is met and what shows it', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('|') && !/^\|(---|\s*Threat)/.test(line))
  expect(rows.length).toBeGreaterThan(30)
  for (const row of rows)
    expect(row.split('|').map((cell) => cell.trim().length > 0)).toEqual([false, true, true, true, false])
})

import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Actor } from '../context.ts'
import { ACCESS, authorise, type Permission, scopeOf } from './access.ts'

const actor = (role: 'customer' | 'host' | 'admin' | 'superadmin'): Actor => ({
  kind: 'user',
  userId: 'u',
  role,
  jti: 'j',
})

test('whoever is named may, nobody else, and a system is nobody', () => {
  expect(authorise(actor('admin'), 'movie.write')).toMatchObject({ role: 'admin' })
  expect(() => authorise(actor('host'), 'movie.write')).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
  expect(() => authorise(actor('admin'), 'user.role')).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
  for (const nobody of [{ kind: 'anonymous' }, { kind: 'system' }] as const)
    expect(() => authorise(nobody, 'user')).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }))
})

test('a role that came with a token and is none of ours may nothing', () => {
  const forged = { kind: 'user', userId: 'u', role: 'constructor', jti: 'j' } as unknown as Actor
  for (const permission of ['user', 'movie.write'] as const)
    expect(() => authorise(forged, permission)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
})

test('superadmins may everything that anybody may, and everywhere', () => {
  for (const permission of Object.keys(ACCESS) as Permission[])
    expect(scopeOf('superadmin', permission), permission).toBe(permission === 'user' ? 'own' : 'any')
})

test('every permission is asked for by a verb', () => {
  const folder = path.join(import.meta.dirname, '..')
  const source = fs
    .globSync('**/*.ts', { cwd: folder, exclude: (name) => name === 'generated' })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => fs.readFileSync(path.join(folder, file), 'utf8'))
    .join('\n')
  const asked = [...source.matchAll(/authorise(?:d?Theatres?)?\((?:ctx, )?actor, '([\w.-]+)'/g)].map(
    (match) => match[1],
  )
  expect(new Set(asked)).toEqual(new Set(Object.keys(ACCESS)))
})

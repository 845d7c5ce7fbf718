import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type TestDatabase, testDatabase } from '@marquee/core/testing/services'
import { afterAll, beforeAll, expect, test } from 'vitest'

const CLI = fileURLToPath(new URL('./migrate-cli.ts', import.meta.url))
let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

const migrate = async (verb: string) => {
  const env = { ...process.env, DATABASE_URL: database.databaseUrl }
  const { stdout } = await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, verb], {
    env,
  })
  return stdout.trim()
}

test('the migrations lead to exactly what schema.prisma says', async () => {
  expect(await migrate('drift')).toBe('schema.prisma and the migrations agree')
})

test('applying them again applies nothing', async () => {
  expect(await migrate('deploy')).toBe('database is up to date')
  expect(await migrate('status')).toBe('every migration is applied')
})

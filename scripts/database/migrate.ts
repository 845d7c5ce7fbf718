import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { type MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm'
import { MigrationPg } from './migration-adapter.ts'

const root = fileURLToPath(new URL('../../prisma', import.meta.url))
const dir = path.join(root, 'migrations')
const schemaPath = path.join(root, 'schema.prisma')
const filters = { externalTables: [], externalEnums: [] }

function listMigrations(): MigrationList {
  const entries = fs.readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const names = entries.map((entry) => entry.name).sort()
  return {
    baseDir: dir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: fs.readFileSync(path.join(dir, name, 'migration.sql'), 'utf8') },
      },
    })),
  }
}

async function withEngine<T>(
  url: string,
  work: (engine: SchemaEngine, schema: { path: string; content: string }) => Promise<T>,
): Promise<T> {
  const content = fs.readFileSync(schemaPath, 'utf8')
  const factory = new MigrationPg(url)
  const adapter = bindMigrationAwareSqlAdapterFactory(factory)
  const engine = await SchemaEngine.new({ datamodels: [[schemaPath, content]] }, () => {}, adapter)
  try {
    return await work(engine, { path: schemaPath, content })
  } finally {
    engine.free()
    await factory.close()
  }
}

/** Applies what is not applied yet. Two at once are safe: the engine takes an advisory lock. @returns their names */
export const deploy = (url: string): Promise<string[]> =>
  withEngine(url, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: listMigrations(), filters })
    return appliedMigrationNames
  })

/** What the database has not got yet, and what is wrong with what it has. */
export const status = (url: string): Promise<{ pending: string[]; problems: string[] }> =>
  withEngine(url, async (engine) => {
    const found = await engine.diagnoseMigrationHistory({
      migrationsList: listMigrations(),
      optInToShadowDatabase: false,
      filters,
    })
    const history = found.history as { diagnostic: string; unappliedMigrationNames?: string[] } | null
    const problems = [
      ...found.failedMigrationNames.map((name) => `failed half-way: ${name}`),
      ...found.editedMigrationNames.map((name) => `changed after it was applied: ${name}`),
      ...(history && history.diagnostic !== 'databaseIsBehind'
        ? [`the database has migrations this checkout has not: ${history.diagnostic}`]
        : []),
    ]
    const pending = found.hasMigrationsTable
      ? (history?.unappliedMigrationNames ?? [])
      : listMigrations().migrationDirectories.map((m) => m.path)
    return { pending, problems }
  })

/** The SQL that leads from the migrations, replayed on a shadow database, to schema.prisma. Null: they agree. */
export const drift = (url: string): Promise<string | null> =>
  withEngine(url, async (engine, schema) => {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'migrations', ...listMigrations() },
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      exitCode: true,
      filters,
    })
    return exitCode === 0 ? null : (stdout ?? '')
  })

/**
 * Writes the next migration from what changed in schema.prisma; constraints and functions are added to it by hand.
 * @returns its folder, or null when nothing changed
 */
export async function create(url: string, name: string): Promise<string | null> {
  // The engine's own createMigration fails unless a diff ran before it, and the diff is all that is needed.
  const sql = await drift(url)
  if (sql === null) return null
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = path.join(dir, `${stamp}_${name.replace(/\W+/g, '_')}`)
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(path.join(folder, 'migration.sql'), sql)
  return folder
}

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

export function listMigrations(): MigrationList {
  const names = fs.existsSync(dir)
    ? fs
        .readdirSync(dir, { withFileTypes: true })
        .filter((d) => d.isDirectory())
        .map((d) => d.name)
        .sort()
    : []
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
  f: (engine: SchemaEngine, schema: { path: string; content: string }) => Promise<T>,
): Promise<T> {
  const content = fs.readFileSync(schemaPath, 'utf8')
  const factory = new MigrationPg(url)
  const engine = await SchemaEngine.new(
    { datamodels: [[schemaPath, content]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  )
  try {
    return await f(engine, { path: schemaPath, content })
  } finally {
    engine.free()
    await factory.close()
  }
}

export const deploy = (url: string) =>
  withEngine(
    url,
    async (e) => (await e.applyMigrations({ migrationsList: listMigrations(), filters })).appliedMigrationNames,
  )

export const status = (url: string) =>
  withEngine(url, (e) =>
    e.diagnoseMigrationHistory({ migrationsList: listMigrations(), optInToShadowDatabase: false, filters }),
  )

/** SQL between the migrations folder (replayed on a shadow database) and schema.prisma. */
export const drift = (url: string) =>
  withEngine(
    url,
    async (e, schema) =>
      await e.diff({
        from: { tag: 'migrations', ...listMigrations() },
        to: { tag: 'schemaDatamodel', files: [schema] },
        script: true,
        exitCode: true,
        filters,
      }),
  )

export const create = async (url: string, name: string) => {
  // createMigration() fails in the wasm engine unless a diff ran first, so use the diff itself.
  const { stdout } = await drift(url)
  const stamp = new Date().toISOString().replace(/[-:T]/g, '').slice(0, 14)
  const folder = path.join(dir, `${stamp}_${name}`)
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(path.join(folder, 'migration.sql'), stdout ?? '')
  fs.writeFileSync(path.join(dir, 'migration_lock.toml'), 'provider = "postgresql"\n')
  return folder
}

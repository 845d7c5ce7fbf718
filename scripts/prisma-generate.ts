import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

// `prisma generate` never runs the schema engine, yet the CLI insists on having
// one on disk and would download it. Any executable satisfies it.
const core = fileURLToPath(new URL('../packages/core', import.meta.url))
const prismaCli = path.join(
  path.dirname(createRequire(path.join(core, 'package.json')).resolve('prisma/package.json')),
  'build/index.js',
)
const result = spawnSync(process.execPath, [prismaCli, 'generate', '--schema', '../../prisma/schema.prisma'], {
  stdio: 'inherit',
  cwd: core,
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  },
})
process.exit(result.status ?? 1)

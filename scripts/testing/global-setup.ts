// Brings the types of what is provided here.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type {} from '@marquee/core/testing/services'
import type { TestProject } from 'vitest/node'
import { startThrowaway } from '../services/throwaway.ts'
import { COMPILE_CACHE } from './platform.ts'

/** Real servers for the integration tests, once per run. */
export default async function setup(project: TestProject) {
  const [services] = await Promise.all([startThrowaway('marquee_template'), fillCompileCache()])
  // A migrated, empty database that every test file clones; nobody may connect to it.
  project.provide('templateUrl', services.databaseUrl)
  project.provide('redisUrl', services.redisUrl)
  return services.stop
}

/** Processes that tests kill write no cache: one that ends by itself fills it for them. */
async function fillCompileCache() {
  const loads = fileURLToPath(new URL('load-programs.ts', import.meta.url))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', loads], {
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE },
    stdio: 'inherit',
  })
  await once(child, 'exit')
}

// Brings the types of what is provided here.
import type {} from '@marquee/core/testing/services'
import type { TestProject } from 'vitest/node'
import { startThrowaway } from '../services/throwaway.ts'

/** Real servers for the integration tests, once per run. */
export default async function setup(project: TestProject) {
  const services = await startThrowaway('marquee_template')
  // A migrated, empty database that every test file clones; nobody may connect to it.
  project.provide('templateUrl', services.databaseUrl)
  project.provide('redisUrl', services.redisUrl)
  return services.stop
}

import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** On real servers. */
const real = { globalSetup: ['scripts/testing/global-setup.ts'], testTimeout: 20_000, hookTimeout: 30_000 }
/**
 * Files share a worker's modules. Loading all of the API anew for each of a hundred files is two fifths of the whole
 * run, and what a test needs to itself (its databases, its prefix in Redis) it asks for anyway.
 */
const together = { isolate: false }
const FAULTS = ['apps/**/faults-*.int.test.ts', 'apps/**/*-crash.int.test.ts']
const never = ['**/node_modules/**', '**/dist/**', '**/generated/**']

export default defineConfig({
  test: {
    // On two cores the default is one, and many of these tests mostly wait: for a hold to end, a worker to be missed.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'unit',
          ...together,
          include: ['{apps,packages,scripts}/**/*.test.{ts,tsx}'],
          exclude: [...never, '**/*.int.test.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          ...together,
          include: ['{apps,packages,scripts}/**/*.int.test.ts'],
          exclude: [...never, ...FAULTS],
          ...real,
        },
      },
      {
        test: {
          name: 'faults',
          include: FAULTS,
          exclude: never,
          ...real,
          // Killed processes, cut lines and floods, each with its own deadlines: after the others, and no more at once
          // than two, which mostly wait.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})

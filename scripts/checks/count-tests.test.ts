import { expect, test } from 'vitest'
import { countPlaywright, countVitest, sumUp } from './count-tests.ts'

const vitest = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults: [] as unknown[],
}
const playwright = { stats: { expected: 2, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] }

test('both runners add up in one line', () => {
  const stages = [{ passed: 0, failed: 0, skipped: 0 }, countVitest(vitest, 0), countPlaywright(playwright, 0)]
  expect(sumUp(stages, true)).toEqual({ line: '5 passed, 0 failed, 1 skipped', failed: 0 })
})

test('a file that cannot be loaded is a failure', () => {
  const report = { ...vitest, testResults: [{ status: 'failed', assertionResults: [] }] }
  expect(countVitest(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 1 })
})

test('a runner that ends badly without naming a test, or leaves no report, is a failure', () => {
  expect(countVitest(vitest, 1).failed).toBe(1)
  expect(countPlaywright(playwright, 1).failed).toBe(1)
  expect(countVitest(null, 0).failed).toBe(1)
})

test('a test that passed only the second time is a failure', () => {
  expect(countPlaywright({ ...playwright, stats: { ...playwright.stats, flaky: 1 } }, 0).failed).toBe(1)
})

test('a runner without tests is a failure, except under a filter', () => {
  const stages = [countVitest({ ...vitest, numPassedTests: 0, numPendingTests: 0 }, 0), countPlaywright(playwright, 0)]
  expect(sumUp(stages, true)).toEqual({ line: '2 passed, 1 failed', failed: 1 })
  expect(sumUp(stages, false)).toEqual({ line: '2 passed, 0 failed', failed: 0 })
})

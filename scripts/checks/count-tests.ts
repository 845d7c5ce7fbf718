export type Counts = { passed: number; failed: number; skipped: number }

type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}
type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  errors: unknown[]
}

/** A test file that cannot even be loaded holds no tests, and is one failure. So is a runner that ends badly for no reason it names. */
export function countVitest(report: unknown, exitCode: number): Counts {
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const r = report as VitestReport
  const unloadable = r.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length
  const failed = r.numFailedTests + unloadable
  return {
    passed: r.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: r.numPendingTests + r.numTodoTests,
  }
}

/** A test that passed only when repeated has not passed. */
export function countPlaywright(report: unknown, exitCode: number): Counts {
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const { stats } = report as PlaywrightReport
  const failed = stats.unexpected + stats.flaky
  return { passed: stats.expected, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped: stats.skipped }
}

/**
 * The last line of a run. With `everyStage`, a runner that ran nothing counts as a failure: an empty run proves nothing.
 * `stages` are the steps that are no tests first, then one entry per runner.
 */
export function sumUp(stages: Counts[], everyStage: boolean): { line: string; failed: number } {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const [i, stage] of stages.entries()) {
    const isRunner = i >= stages.length - 2
    const empty = everyStage && isRunner && stage.passed + stage.failed === 0
    total.passed += stage.passed
    total.failed += stage.failed + (empty ? 1 : 0)
    total.skipped += stage.skipped
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
  return { line: `${total.passed} passed, ${total.failed} failed${skipped}`, failed: total.failed }
}

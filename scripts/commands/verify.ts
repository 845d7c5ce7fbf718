import { auditDependencies } from '../checks/advisories.ts'
import { scanForSecrets } from '../checks/secrets.ts'
import { capture, turboEnv } from '../stack/steps.ts'

type Check = {
  name: string
  /** `note`: what somebody should know although it passed. */
  run: () => Promise<{ code: number; output: string; note?: string }>
}

const tool =
  (command: string, ...args: string[]) =>
  () =>
    capture(command, args, turboEnv())

const LINT: Check[] = [
  { name: 'lint', run: tool('oxlint', '--deny-warnings') },
  { name: 'format', run: tool('biome', 'check', '--error-on-warnings', '.') },
  { name: 'dead code', run: tool('knip', '--no-progress') },
  { name: 'secrets', run: scanForSecrets },
]
const TYPES: Check = { name: 'types', run: tool('turbo', 'run', 'generate', 'typecheck', '--output-logs=errors-only') }

/** Not among the tests: an advisory of tomorrow must not fail what was right today. */
const ADVISORIES: Check = { name: 'advisories', run: () => auditDependencies() }

/** `npm run verify`: everything that can be said of the code without running it. */
export async function verify(): Promise<number> {
  return (await runChecks([...LINT, ADVISORIES, TYPES])).length === 0 ? 0 : 1
}

/** Without the type check, for a caller that has done it. @returns the names of those that failed */
export const lint = (): Promise<string[]> => runChecks(LINT)

async function runChecks(checks: Check[]): Promise<string[]> {
  const failed: string[] = []
  await Promise.all(
    checks.map(async ({ name, run }) => {
      const began = performance.now()
      const { code, output, note } = await run()
      const seconds = ((performance.now() - began) / 1000).toFixed(1)
      console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)${note ? `, ${note}` : ''}`)
      if (code === 0) return
      failed.push(name)
      console.log(output.trimEnd())
    }),
  )
  return failed
}

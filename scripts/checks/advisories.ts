import { execFile } from 'node:child_process'
import path from 'node:path'
import { ROOT } from '../stack/paths.ts'
import { ALLOWED_ADVISORIES, type AllowedAdvisory } from './allowed-advisories.ts'

type Verdict = { code: number; output: string; note?: string }
type Advisory = {
  github_advisory_id: string
  module_name: string
  severity: string
  title: string
  vulnerable_versions: string
  url: string
}

/** An answer takes under a second; a registry that takes longer is treated as away. */
const WITHIN_MS = 20_000

/**
 * Asks the registry whether anything that ships has a known advisory. Fails on one that is not on the list of allowed
 * ones. A registry that is away, or has no such list, is no reason to fail: that is said, and the next run asks again. Before
 * a release it is one: with REQUIRE_AUDIT=1 what was not checked has failed.
 */
export async function auditDependencies(
  registry?: string,
  required = process.env.REQUIRE_AUDIT === '1',
): Promise<Verdict> {
  const { stdout, stderr } = await runAudit(registry)
  const advisories = readReport(stdout)
  if (advisories) return judgeAdvisories(advisories, ALLOWED_ADVISORIES, new Date())
  const reason = stderr.replaceAll(/[│×├▶╰─\s]+/g, ' ').trim()
  const note = `not checked: the registry did not answer the audit. ${reason.slice(0, 200)}`
  return required ? { code: 1, output: note } : { code: 0, output: '', note }
}

function runAudit(registry?: string): Promise<{ stdout: string; stderr: string }> {
  const pnpm = path.join(ROOT, 'node_modules/.bin/pnpm')
  // One try: the next run is the next one, and nobody offline should wait for three.
  const args = ['audit', '--prod', '--json', '--config.fetch-retries=0', ...(registry ? ['--registry', registry] : [])]
  const options = { cwd: ROOT, timeout: WITHIN_MS, maxBuffer: 50_000_000 }
  // Its exit code says "found something" and "could not ask" alike: only what it prints tells them apart.
  return new Promise((resolve) => {
    execFile(pnpm, args, options, (error, stdout, stderr) =>
      resolve({ stdout, stderr: stderr || (error?.message ?? '') }),
    )
  })
}

function readReport(stdout: string): Advisory[] | null {
  try {
    const { advisories } = JSON.parse(stdout) as { advisories?: Record<string, Advisory> }
    return advisories ? Object.values(advisories) : null
  } catch {
    return null
  }
}

/** Pure: one line for each that is not allowed, for an allowance that is over, and for one that nothing needs any more. */
export function judgeAdvisories(found: Advisory[], allowed: AllowedAdvisory[], now: Date): Verdict {
  const problems: string[] = []
  for (const { github_advisory_id: id, module_name, severity, title, vulnerable_versions, url } of found) {
    const allowance = allowed.find((one) => one.id === id)
    const what = `${module_name} ${vulnerable_versions}: ${title} (${severity}, ${id}, ${url})`
    if (!allowance) problems.push(what)
    else if (now >= new Date(`${allowance.until}T00:00:00Z`))
      problems.push(`${what}: was allowed until ${allowance.until}, because ${allowance.reason}`)
  }
  for (const { id } of allowed)
    if (!found.some((one) => one.github_advisory_id === id))
      problems.push(`${id} is allowed, and nothing has it any more`)
  return { code: problems.length === 0 ? 0 : 1, output: problems.join('\n') }
}

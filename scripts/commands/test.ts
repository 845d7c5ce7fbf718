import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Counts, countPlaywright, countVitest, sumUp } from '../checks/count-tests.ts'
import { ROOT } from '../stack/paths.ts'
import { capture, turboEnv } from '../stack/steps.ts'
import { lint } from './verify.ts'

/**
 * `npm test`: build and types, lint, unit and integration tests, then the browser. The last line counts them all.
 * `npm test -- seats` runs only the tests whose file name holds the word.
 */
export async function test(filters: string[]): Promise<number> {
  const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'marquee-test-'))
  const counts: Counts[] = []

  heading('Build and types')
  counts.push(step(await turbo()))
  if (filters.length === 0) {
    heading('Lint, format, dead code, secrets')
    const failed = await lint()
    counts.push({ passed: 0, failed: failed.length, skipped: 0 })
  }

  heading('Unit and integration tests')
  const vitestReport = path.join(reports, 'vitest.json')
  const vitestArgs = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`]
  const vitestCode = await show('vitest', [
    ...vitestArgs,
    ...filters,
    ...(filters.length > 0 ? ['--passWithNoTests'] : []),
  ])
  counts.push(countVitest(readJson(vitestReport), vitestCode))

  heading('Browser tests')
  const playwrightReport = path.join(reports, 'playwright.json')
  const playwrightArgs = [
    'test',
    '--reporter=list,json',
    ...filters,
    ...(filters.length > 0 ? ['--pass-with-no-tests'] : []),
  ]
  const playwrightCode = await show('playwright', playwrightArgs, { PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport })
  counts.push(countPlaywright(readJson(playwrightReport), playwrightCode))

  fs.rmSync(reports, { recursive: true, force: true })
  const { line, failed } = sumUp(counts, filters.length === 0)
  console.log(`\n${line}`)
  return failed > 0 ? 1 : 0
}

const heading = (what: string) => console.log(`\n── ${what} ${'─'.repeat(Math.max(0, 60 - what.length))}`)

/** A step is no test: it counts only when it fails. */
const step = (ok: boolean): Counts => ({ passed: 0, failed: ok ? 0 : 1, skipped: 0 })

async function turbo(): Promise<boolean> {
  const { code, output } = await capture(
    'turbo',
    ['run', 'generate', 'build', 'typecheck', '--continue', '--output-logs=errors-only'],
    turboEnv(),
  )
  console.log(code === 0 ? '✓ builds and type-checks' : output.trimEnd())
  return code === 0
}

function readJson(file: string): unknown {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null
}

async function show(command: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  const child = spawn(command, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: 'inherit' })
  const pass = (signal: NodeJS.Signals) => child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, pass)
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  for (const name of signals) process.off(name, pass)
  // Told to stop: the stages that would follow are not wanted either.
  if (signal || code === 130 || code === 143) process.exit(130)
  return code ?? 1
}

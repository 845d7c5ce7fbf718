import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { ROOT } from './paths.ts'

const began = performance.now()

/** One calm line per step, with the seconds since the start. */
export function step(message: string) {
  const seconds = ((performance.now() - began) / 1000).toFixed(1).padStart(5)
  console.log(`${seconds}s  ${message}`)
}

/**
 * Runs a tool and keeps its output to itself unless it fails.
 * @throws Error with all it said
 */
export async function quietly(
  what: string,
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const { code, output } = await capture(command, args, env)
  if (code !== 0) throw new Error(`${output.trimEnd()}\n\n${what} failed (${command}, exit code ${code}).`)
  return output
}

export async function capture(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ code: number; output: string }> {
  const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const keep = (data: Buffer) => {
    output += data.toString()
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code: code ?? 1, output }
}

/** The generated client and the built web app; nothing happens when neither's sources changed. */
export const build = () =>
  quietly('The build', 'turbo', ['run', 'generate', 'build', '--output-logs=errors-only'], turboEnv())

/** What the servers need before they start; nothing happens when the schema has not changed. */
export const generate = () =>
  quietly('Generating the database client', 'turbo', ['run', 'generate', '--output-logs=errors-only'], turboEnv())

export const turboEnv = () => ({ ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' })

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { startServices } from '../stack/embedded.ts'
import { appEnvironment, hasOwnDatabase, hasOwnRedis } from '../stack/environment.ts'
import { ROOT } from '../stack/paths.ts'
import { liveRun, releaseRun, takeRun } from '../stack/run-file.ts'
import { generate } from '../stack/steps.ts'

const USAGE = 'usage: npm run migrate -- deploy | create NAME | status | drift'

/** `npm run migrate`: `status` when nothing is asked for. */
export async function migrate(args: string[]): Promise<number> {
  const [verb = 'status'] = args
  if (!['deploy', 'create', 'status', 'drift'].includes(verb) || (verb === 'create' && !args[1])) {
    console.error(USAGE)
    return 2
  }
  return await runScript('scripts/database/migrate-cli.ts', args.length > 0 ? args : [verb])
}

/** `npm run bench`: brings its own servers, so that it never writes into somebody's data. */
export async function bench(args: string[]): Promise<number> {
  return await runNode('bench/run.ts', args, process.env)
}

/** `npm run score`: the monitor over simulated cinemas, on servers of its own. */
export async function score(args: string[]): Promise<number> {
  return await runNode('scripts/score/run.ts', args, process.env)
}

/** Runs a script against the database in use: one that is named, one that runs here, or the embedded one, started for it. */
export async function runScript(script: string, args: string[]): Promise<number> {
  if (hasOwnDatabase() && hasOwnRedis()) return await runNode(script, args, appEnvironment({}))
  const live = liveRun()
  if (live) return await runNode(script, args, appEnvironment(live.services))
  await takeRun('(a command)', console.error)
  const services = await startServices(console.error)
  try {
    return await runNode(script, args, appEnvironment(services.urls))
  } finally {
    await services.stop()
    releaseRun()
  }
}

async function runNode(script: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  if (!existsSync(path.join(ROOT, script))) throw new Error(`${script} is not there`)
  // Each of these may be the first command in a fresh clone.
  await generate()
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    cwd: ROOT,
    env,
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}

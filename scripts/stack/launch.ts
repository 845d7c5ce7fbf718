import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '@marquee/core/config'
import { migrateInChild } from '../database/migrate-in-child.ts'
import { portIsBusy } from '../services/ports.ts'
import { type Services, startServices } from './embedded.ts'
import { appEnvironment } from './environment.ts'
import { firstSuperadmin } from './first-superadmin.ts'
import { API_MAIN, API_NODE_OPTIONS, LOGS, WORKER_MAIN } from './paths.ts'
import { releaseRun, saveRun, takeRun } from './run-file.ts'
import { toldToStop } from './shutdown.ts'
import { build, generate, quietly, step } from './steps.ts'
import { type Program, type Supervised, supervise } from './supervisor.ts'

const READY_WITHIN_MS = 60_000
/** The page is worth showing before the worker's first heartbeat. */
const WORKER_WITHIN_MS = 15_000

export type Launch = {
  /** Adds to or changes how the API and the worker are run. */
  programs(env: NodeJS.ProcessEnv): Program[]
  /** Build the web app first; a dev server does without. */
  buildWeb: boolean
  /** What is said once everything runs. */
  ready(env: NodeJS.ProcessEnv): void
}

export const apiAndWorker = (env: NodeJS.ProcessEnv): Program[] => [
  { name: 'worker', main: WORKER_MAIN, env, logFolder: LOGS },
  { name: 'api', main: API_MAIN, env, logFolder: LOGS, options: API_NODE_OPTIONS },
]

/** Brings everything up, keeps it up until told to stop, and takes it down in order. @returns the exit code */
export async function launch(how: Launch): Promise<number> {
  const port = chosenPort(process.env.PORT || '3001')
  if (port === null) {
    console.error(`PORT is "${process.env.PORT}": use a number from 1 to 65535, or leave it out for 3001.`)
    return 2
  }
  const told = toldToStop()
  const run = await takeRun(`http://localhost:${port}`, step)
  const programs: Supervised[] = []
  let services: Services | undefined
  let failed: (error: Error) => void = () => {}
  const failure = new Promise<never>((_, reject) => {
    failed = reject
  })
  failure.catch(() => {}) // it is raced below; until then nobody listens

  const bringUp = async () => {
    await mustBeFree(port)
    // Built and started side by side: the one is busy with the processor, the other waits for the disk.
    const built = how.buildWeb ? build().then(() => step('web app ready')) : generate()
    const started = startServices(step).then((up) => {
      services = up
      step(`${up.notes.join(', ')}`)
    })
    await Promise.all([built, started])
    const env = appEnvironment(services?.urls ?? {})
    const config = readConfig(env)
    run.services = { DATABASE_URL: config.database.url, REDIS_URL: config.redis.url }
    saveRun(run)
    step(await migrateInChild(config.database.url))
    if (config.mode !== 'production') {
      await quietly(
        'Loading the demo data',
        process.execPath,
        ['--disable-warning=ExperimentalWarning', 'scripts/seed.ts'],
        env,
      )
      step('demo data ready')
    }
    const notice = config.mode === 'production' ? await firstSuperadmin(env) : ''
    const events = {
      started(name: string, pid: number) {
        run.children[name] = pid
        saveRun(run)
      },
      say: step,
      gaveUp: (name: string) => failed(new Error(`The ${name} cannot run.`)),
    }
    for (const program of how.programs(env)) {
      const supervised = supervise(program, events)
      programs.unshift(supervised)
      failure.catch(
        () => supervised.logTail() && console.error(`\nEnd of ${supervised.logFile}:\n${supervised.logTail()}`),
      )
    }
    await untilHealthy(port)
    how.ready(env)
    if (notice) console.log(notice)
  }

  let reason: string | undefined
  let code = 0
  try {
    reason = await Promise.race([told, failure, bringUp().then(() => undefined)])
    reason ??= await Promise.race([told, failure])
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`)
    code = 1
  }
  if (code === 0) step(`stopping (${reason})`)
  // The API first, so that nothing new comes in; the databases last.
  for (const program of programs) await program.stop()
  await services?.stop()
  releaseRun()
  step('stopped')
  return code
}

function chosenPort(text: string): number | null {
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0
  return port >= 1 && port <= 65_535 ? port : null
}

async function mustBeFree(port: number) {
  if (!(await portIsBusy(port))) return
  throw new Error(
    `Port ${port} is used by another program. Stop that one, or choose another port:\n\n    PORT=${port + 1} npm ${process.env.npm_lifecycle_event === 'dev' ? 'run dev' : 'start'}`,
  )
}

/** @throws Error when the API does not become healthy in time */
async function untilHealthy(port: number) {
  const began = Date.now()
  let last = 'no answer'
  while (Date.now() - began < READY_WITHIN_MS) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/api/health`)
      const health = (await response.json()) as { status?: string; worker?: string }
      last = JSON.stringify(health)
      if (health.status === 'ok') return
      if (health.status === 'degraded' && Date.now() - began > WORKER_WITHIN_MS)
        return step(`running, but not all of it: ${last}`)
    } catch {
      // It does not listen yet.
    }
    await sleep(100)
  }
  throw new Error(`The API did not become healthy within ${READY_WITHIN_MS / 1000} s (last answer: ${last}).`)
}

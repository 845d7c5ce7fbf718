import { availableParallelism, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { step } from '../scripts/stack/steps.ts'
import { type Figure, levelOf } from './goals.ts'
import { type Lab, openLab } from './lab.ts'
import type { Settings, Suite } from './suite.ts'
import { alerts } from './suites/alerts.ts'
import { expiry } from './suites/expiry.ts'
import { firstPage } from './suites/first-page.ts'
import { growth } from './suites/growth.ts'
import { holds } from './suites/holds.ts'
import { money } from './suites/money.ts'
import { seatMap } from './suites/seat-map.ts'
import { viewers } from './suites/viewers.ts'
import { goalNumbers, numberOf, printTable } from './table.ts'

const USAGE = `usage: npm run bench -- [goal…] [--quick] [--seed N]
goals: ${goalNumbers.join(' ')} (none: all of them)`

const SUITES: Suite[] = [firstPage, holds, growth, seatMap, expiry, viewers, money, alerts]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, seed: { type: 'string' }, help: { type: 'boolean' } },
})
const wanted = positionals.map(Number)
if (values.help || wanted.some((goal) => !goalNumbers.includes(goal))) {
  console.log(USAGE)
  process.exit(values.help ? 0 : 2)
}
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const settings: Settings = {
  quick: values.quick,
  rounds: values.quick ? 3 : 5,
  ms: values.quick ? 1_000 : 3_000,
  seed,
  note: (line) => step(`      ${line}`),
}
step(`${values.quick ? 'quick run' : 'full run'}, ${settings.rounds} rounds, --seed ${seed}`)

const [load = 0] = loadavg()
if (load > availableParallelism())
  step(`this machine is busy (load ${load.toFixed(1)}): latencies and goals 1 to 4 and 11 will measure that, too`)

let lab: Lab | undefined
const figures: Figure[] = []
const broken: string[] = []
const interrupted = () => void (lab?.stop() ?? Promise.resolve()).finally(() => process.exit(130))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted)
try {
  for (const suite of SUITES) {
    if (wanted.length > 0 && !suite.goals.some((goal) => wanted.includes(goal))) continue
    // A fresh laboratory each: what one suite leaves behind must not slow the next.
    lab = await openLab()
    step(`goals ${suite.goals.join(', ')}`)
    try {
      figures.push(...(await suite.run(lab, settings)))
    } catch (error) {
      broken.push(`goals ${suite.goals.join(', ')}: ${error instanceof Error ? error.message : String(error)}`)
      console.error(error)
    }
    await lab.stop()
    lab = undefined
  }
} finally {
  await lab?.stop()
}

const asked = figures.filter((figure) => wanted.length === 0 || wanted.includes(numberOf(figure.goal)))
console.log('')
printTable(asked)
const failed = asked.filter((figure) => levelOf(figure) === 'FAIL')
console.log(`\nseed ${seed}; ${asked.length - failed.length} of ${asked.length} gates hold, ${failed.length} failures`)
for (const line of broken) console.log(`not measured: ${line}`)
process.exit(failed.length + broken.length > 0 ? 1 : 0)

import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startThrowaway } from '../services/throwaway.ts'
import { ROOT } from '../stack/paths.ts'
import { DAILY_BUDGET, GAP_MS } from './open-world.ts'
import { runApart } from './run-apart.ts'
import { failures, scoreTable } from './table.ts'

const { values } = parseArgs({
  options: {
    films: { type: 'string', default: '200' },
    days: { type: 'string', default: '14' },
    seed: { type: 'string', default: 'lantern' },
    faults: { type: 'string', default: '2' },
    // London changes to summer time on the second Sunday of it.
    start: { type: 'string', default: '2027-03-18' },
    write: { type: 'boolean', default: false },
  },
})
const options = {
  films: Number(values.films),
  days: Number(values.days),
  seed: values.seed,
  faultsPerDay: Number(values.faults),
  start: new Date(`${values.start}T00:00:00Z`),
}

const services = await startThrowaway('marquee_score')
try {
  const { score, driven, seconds } = await runApart(services, options, console.log)
  const table = scoreTable(score, options, driven, seconds)
  console.log(`\n${table}`)
  for (const one of score.falseOpen) console.log('false OPEN', one)
  for (const one of score.missed) console.log('missed', one)
  const wrong = failures(score)
  if (wrong.length > 0) console.error(`\nNot as it must be: ${wrong.join('; ')}`)
  if (values.write) writeFileSync(path.join(ROOT, 'docs/score.md'), document(table))
  process.exitCode = wrong.length > 0 ? 1 : 0
} finally {
  await services.stop()
}

function document(table: string): string {
  return `# Score

What the monitor makes of cinema sites that misbehave. Written by \`npm run score -- --write\`; do not edit the tables.

\`npm run score\` starts a Postgres and a Redis of its own and puts eight simulated cinema sites on ports of the loopback, one
for each shape of page we read and one whose pages prove nothing. Then it plays the weeks: the clock jumps to the next moment at which
something is due, and what the schedule gives out is looked at by the same code that workers run (\`findDue\`, \`lookAtWatch\`,
\`readListing\`, \`fanOutOpening\`, \`sweepAlerts\`), over HTTP, with robots.txt, gaps, budgets and circuits. Each
site permits ${DAILY_BUDGET} requests a day, one in ${GAP_MS / 1000} seconds: sources ship with fewer a day.

What the sites do is known beforehand, so that it can be held against what was believed and told: films open unannounced, at the
published minute or hours after it, close and open again, sell out and come back, are renamed or get another id, have a second part with
nearly the same name, or never open. Meanwhile each site has its faults, from minutes to hours: outages served as pages, challenges, 429,
pages that are cut, drip or lie about their compression, an ETag that never changes, a cache that is three hours behind, another film's
data, another day than the one asked for, sessions that nobody can book, rebuilds. One look in 250 is begun by a worker that dies.

A film that moved to another id must be found again by its name in the site's lists. \`Delay\` counts from the moment at which sales open
on the site to the moment at which the first call is due, time that the site was broken or shut us out included.

${table}
The same with other numbers: \`npm run score -- --films 400 --days 30 --seed another --faults 4\`. The command fails when a column with
a number that must be kept does not keep it. A run of hours with three sites is among the tests (\`scripts/score/score.int.test.ts\`).
`
}

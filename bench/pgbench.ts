import { execFile } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { DRAFT_MINOR } from './drafts.ts'

const run = promisify(execFile)
const CLIENTS = 16
/** Each client takes its own stretch of the drafts; the ids are made as in drafts.ts. */
const SCRIPT = `\\set i :i + 1
\\set n :first + :client_id * :each + :i
SELECT * FROM settle_payment(('00000000-0000-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid, 'pay_' || (:n::bigint)::text, ${DRAFT_MINOR}, 'INR', 'webhook');
`

export const hasPgbench = () =>
  run('pgbench', ['--version']).then(
    () => true,
    () => false,
  )

/** Settles drafts `from` up to `from + count` from C, prepared statements. `count` must divide by 16. @returns settled a second */
export async function settleByPgbench(databaseUrl: string, from: number, count: number): Promise<number> {
  const script = path.join(tmpdir(), `marquee-bench-${process.pid}.sql`)
  const each = count / CLIENTS
  writeFileSync(script, SCRIPT)
  try {
    const variables = [`first=${from}`, `each=${each}`, 'i=-1'].flatMap((variable) => ['-D', variable])
    const load = ['-n', '-M', 'prepared', '-c', String(CLIENTS), '-j', '2', '-t', String(each), '-f', script]
    const { stdout } = await run('pgbench', [...load, ...variables, databaseUrl], { timeout: 60_000 })
    const tps = /^tps = ([\d.]+)/m.exec(stdout)?.[1]
    if (!tps) throw new Error(`pgbench said:\n${stdout}`)
    return Number(tps)
  } finally {
    rmSync(script, { force: true })
  }
}

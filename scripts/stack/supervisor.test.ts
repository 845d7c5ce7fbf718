import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { commandOf, until } from '../services/processes.ts'
import { type Supervised, supervise } from './supervisor.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'marquee-supervisor-'))
let running: Supervised | undefined
afterEach(async () => {
  await running?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('a program that is killed is started again, and stays stopped once told to', async () => {
  const main = path.join(folder, 'program.mjs')
  writeFileSync(main, `console.log('started', process.pid); setInterval(() => {}, 1000)`)
  const pids: number[] = []
  const said: string[] = []
  running = supervise(
    { name: 'program', main, env: process.env, logFolder: folder },
    {
      started: (_name, pid) => pids.push(pid),
      say: (message) => said.push(message),
      gaveUp: () => said.push('gave up'),
    },
  )
  const log = () => readFileSync(path.join(folder, 'program.log'), 'utf8')
  expect(await until(() => log().includes(`started ${pids[0]}`), 5_000)).toBe(true)

  process.kill(pids[0] ?? 0, 'SIGKILL')
  expect(await until(() => pids.length === 2 && log().includes(`started ${pids[1]}`), 5_000)).toBe(true)
  expect(said).toEqual([expect.stringMatching(/^program ended \(SIGKILL\); starting it again in 0\.5 s/)])

  await running.stop()
  expect(commandOf(pids[1] ?? 0)).toBeNull()
  expect(pids).toHaveLength(2)
})

import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { createHalls, warmHalls } from '../data.ts'
import type { Audience, BurstResult } from '../drivers/viewers.ts'
import { interleave, median, medianRatio } from '../rounds.ts'
import { openLoad, type Suite, startPeer } from '../suite.ts'
import { perSecond } from '../table.ts'

const VIEWERS = 5_000
const WAVES = 8
const CHANGES_PER_SECOND = 500

/** Goals 10, 11, 15: everybody looks at the same hall. */
export const viewers: Suite = {
  goals: [10, 11, 15],
  async run(lab, { rounds, ms, quick, note }) {
    const count = Math.min(VIEWERS, Math.floor((openFilesLimit() - 200) / 2))
    if (count < VIEWERS) note(`only ${count} viewers: this system lets a process open few files (ulimit -n)`)
    const [hall] = await createHalls(lab.ctx, 1)
    const { showtimeId, seatIds } = hall!
    const path = `/api/showtimes/${showtimeId}/seats/ws`
    const load = await openLoad(lab)
    const [hello, api, raw, crowd] = await Promise.all([
      startPeer(lab, 'hello'),
      lab.startApi(),
      lab.start('servers/raw-sockets.ts'),
      lab.start('drivers/viewers.ts'),
    ])
    const rawPort = await raw.ask<number>('port')
    await load.prepare('hello', [{ method: 'GET', path: '/' }])
    const fresh = () => warmHalls(lab.ctx, [showtimeId], { seatCount: seatIds.length })
    await fresh()

    const join = (audience: Audience, port: number, howMany: number) =>
      crowd.ask<number>('join', { audience, port, path, count: howMany })
    await join('api', api.port, 200)
    await crowd.ask('leave', { audience: 'api' })
    const joining = await interleave(rounds, {
      hello: async () => (await load.run(hello.port, 'hello', 50, ms)).perSecond,
      join: async () => {
        const took = await join('api', api.port, count)
        await crowd.ask('leave', { audience: 'api' })
        return count / (took / 1_000)
      },
    })
    const before = await api.ask<NodeJS.MemoryUsage>('memory')
    await join('api', api.port, count)
    const after = await api.ask<NodeJS.MemoryUsage>('memory')
    await join('raw', rawPort, count)
    const perViewer = (part: (usage: NodeJS.MemoryUsage) => number) => (part(after) - part(before)) / count / 1_024
    // What the process keeps for a viewer; the resident size moves by more than that between two collections.
    const kept = perViewer((usage) => usage.heapUsed + usage.external)
    note(`resident size per viewer ${perViewer((usage) => usage.rss).toFixed(1)} KiB`)

    const waves = (audience: Audience) => async () => {
      const times: number[] = []
      for (let i = 0; i < WAVES; i++) {
        // A quiet hall: changes on the heels of one another wait for a window of 100 ms, which is goal 11's business.
        await sleep(250)
        times.push(await crowd.ask<number>('wave', { audience, showtimeId }))
      }
      return median(times)
    }
    await waves('api')()
    await waves('raw')()
    const fanOut = await interleave(rounds, { api: waves('api'), raw: waves('raw') })

    await crowd.ask('leave', { audience: 'raw' })
    const bursts: BurstResult[] = []
    for (let round = 0; round < rounds; round++) {
      await fresh()
      const options = { showtimeId, perSecond: CHANGES_PER_SECOND, ms: quick ? 2_000 : 4_000 }
      bursts.push(await crowd.ask<BurstResult>('burst', options))
    }
    const missed = bursts.reduce((sum, burst) => sum + burst.missed, 0)
    return [
      {
        goal: '10',
        ours: `${median(fanOut.api).toFixed(0)} ms, ${count} viewers`,
        peer: `${median(fanOut.raw).toFixed(0)} ms`,
        value: medianRatio(fanOut.api, fanOut.raw),
      },
      {
        goal: '11',
        ours: `p50 ${median(bursts.map((burst) => burst.p50)).toFixed(0)} ms, ${count} viewers`,
        value: median(bursts.map((burst) => burst.p99)),
        ...(missed > 0 && { failed: `${missed} viewers were left behind` }),
      },
      {
        goal: '15a',
        ours: perSecond(median(joining.join)),
        peer: perSecond(median(joining.hello)),
        value: medianRatio(joining.join, joining.hello),
      },
      { goal: '15b', ours: `${count} viewers`, value: kept },
    ]
  },
}

/** The driver has both audiences open at once. */
function openFilesLimit(): number {
  const said = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim()
  return said === 'unlimited' ? Number.POSITIVE_INFINITY : Number(said)
}

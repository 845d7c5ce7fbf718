import type { Child } from './child.ts'
import type { LoadResult, Request } from './drivers/http-load.ts'
import type { Figure } from './goals.ts'
import type { Lab } from './lab.ts'

export type Settings = {
  quick: boolean
  rounds: number
  /** How long one step of one round lasts. */
  ms: number
  seed: number
  note(line: string): void
}
export type Suite = { goals: number[]; run(lab: Lab, settings: Settings): Promise<Figure[]> }

/** More refused than this and the figure would be about refusing. */
const MAX_BAD_SHARE = 0.001

/** Two shared cores: one generator is enough, and a second one would only take from the server. */
export async function openLoad(lab: Lab) {
  const child: Child = await lab.start('drivers/http-load.ts')
  return {
    child,
    prepare: (list: string, requests: Request[]) => child.ask<void>('prepare', { list, requests }),
    /** @throws when more than one answer in a thousand is bad */
    async run(port: number, list: string, connections: number, ms: number, once = false): Promise<LoadResult> {
      const result = await child.ask<LoadResult>('run', { port, list, connections, ms, once })
      if (result.good === 0 || result.bad / (result.good + result.bad) > MAX_BAD_SHARE)
        throw new Error(`${list} at ${connections} connections: ${JSON.stringify(result.statuses)}`)
      return result
    },
  }
}

/** A peer server by its name, listening. */
export async function startPeer(lab: Lab, name: string): Promise<{ child: Child; port: number }> {
  const child = await lab.start('servers/peer.ts', { PEER: name })
  return { child, port: await child.ask<number>('port') }
}

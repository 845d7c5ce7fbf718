// The limit of the hold endpoint: the same script, called through one connection with nothing around it.
import { readFileSync } from 'node:fs'
import { Redis } from 'ioredis'
import { answer } from '../answer.ts'

export type RawHold = string[]

const client = new Redis(process.env.REDIS_URL ?? '')
const lua = readFileSync(new URL('../../packages/core/src/seats/scripts/hold.lua', import.meta.url), 'utf8')
client.defineCommand('hold', { numberOfKeys: 5, lua })
const hold = (client as unknown as { hold(...args: RawHold): Promise<string> }).hold.bind(client)
let calls: RawHold[] = []

answer({
  prepare(list: RawHold[]) {
    calls = list
  },
  /** @returns successful holds a second. @throws when one is refused: a refusal is cheaper than a hold */
  async run({ ms, inFlight }: { ms: number; inFlight: number }) {
    let next = 0
    let done = 0
    const began = performance.now()
    const end = began + ms
    const worker = async () => {
      while (performance.now() < end) {
        const reply = await hold(...calls[next++ % calls.length]!)
        if (!reply.startsWith('1 ')) throw new Error(`hold refused: ${reply}`)
        done++
      }
    }
    await Promise.all(Array.from({ length: inFlight }, worker))
    return done / ((performance.now() - began) / 1_000)
  },
})

import { setTimeout as sleep } from 'node:timers/promises'

const ASK_EVERY_MS = 25

/**
 * Waits until `look` answers without throwing and with something other than false. For what has no event to await.
 * @throws what the last look threw, once the time is up
 */
export async function eventually<T>(look: () => T | Promise<T>, withinMs = 5_000): Promise<Exclude<T, false>> {
  const end = performance.now() + withinMs
  for (;;) {
    let problem: unknown
    try {
      const seen = await look()
      if (seen !== false) return seen as Exclude<T, false>
      problem = new Error(`not so after ${withinMs} ms: ${look.toString().slice(0, 300)}`)
    } catch (error) {
      problem = error
    }
    if (performance.now() > end) throw problem
    await sleep(ASK_EVERY_MS)
  }
}

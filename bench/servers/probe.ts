// Loaded before the API's own main file, which stays as it is: lets the benchmark ask the process about itself.
import { setTimeout as sleep } from 'node:timers/promises'
import { answer } from '../answer.ts'

answer({
  /** Bytes in use after collecting garbage, twice: the second run frees what the first one's finalizers let go. */
  async memory() {
    for (let i = 0; i < 2; i++) {
      globalThis.gc?.()
      await sleep(50)
    }
    return process.memoryUsage()
  },
  cpu: () => process.cpuUsage(),
})

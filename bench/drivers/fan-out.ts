// Tells everybody of an opening through the verb of core, in a process of its own, as one worker would.
import { fanOutOpening } from '@marquee/core/alerts/delivery/fan-out-opening'
import { readConfig } from '@marquee/core/config'
import { createContext } from '@marquee/core/context'
import type { Queues } from '@marquee/core/jobs/queues'
import { openGateway, openMail, openSms, openVoice } from '@marquee/providers/open-vendors'
import { answer } from '../answer.ts'

const config = readConfig({ ...process.env, LOG_LEVEL: 'error' })
const ctx = createContext(config, () => ({
  gateway: openGateway(config),
  mail: openMail(config, async () => ({ id: '' })),
  sms: openSms(config, async () => ({ id: '' })),
  voice: openVoice(config),
}))
// What is due waits in its table: giving it to the queues is measured with the calls.
const queues = { byName: {}, ready: false, close: async () => {} } as unknown as Queues

answer({
  /** @returns people a second */
  async tell(openingId: string) {
    const began = performance.now()
    const { told } = await fanOutOpening({ ...ctx, queues }, { openingId })
    return told / ((performance.now() - began) / 1_000)
  },
  async memory() {
    globalThis.gc?.()
    return process.memoryUsage()
  },
})

import type { Config } from '@marquee/core/config'
import type { Ctx, Vendors } from '@marquee/core/context'
import { captureMessage } from '@marquee/core/notifications/capture-message'
import { openGateway, openMail } from '@marquee/providers/open-vendors'

/** The vendors the configuration asks for. What the console provider would have sent is kept for the Outbox page. */
export const openVendors = (config: Config, base: Pick<Ctx, 'db'>): Vendors => ({
  gateway: openGateway(config),
  mail: openMail(config, (message) => captureMessage(base, message)),
})

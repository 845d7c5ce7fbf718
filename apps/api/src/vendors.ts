import type { Config } from '@marquee/core/config'
import type { Vendors } from '@marquee/core/context'
import { MailError } from '@marquee/providers/mail/mail-sender'
import { openGateway } from '@marquee/providers/open-vendors'

/** The vendors of the API process. It hands mail to the worker by the outbox, so it has no way to send any. */
export function openVendors(config: Config): Vendors {
  return {
    gateway: openGateway(config),
    mail: {
      send: () => Promise.reject(new MailError('the API does not send mail itself', false)),
      close: async () => {},
    },
  }
}

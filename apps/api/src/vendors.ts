import type { Config } from '@marquee/core/config'
import type { Vendors } from '@marquee/core/context'
import { MailError } from '@marquee/providers/mail/mail-sender'
import { createRazorpayGateway } from '@marquee/providers/payments/razorpay'

/** The vendors of the API process. It hands mail to the worker by the outbox, so it has no way to send any. */
export function openVendors(config: Config): Vendors {
  const { gateway, keyId, keySecret, webhookSecret, baseUrl } = config.payments
  return {
    gateway: createRazorpayGateway({ name: gateway, keyId, keySecret, webhookSecret, baseUrl }),
    mail: {
      send: () => Promise.reject(new MailError('the API does not send mail itself', false)),
      close: async () => {},
    },
  }
}

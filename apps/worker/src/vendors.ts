import type { Config } from '@marquee/core/config'
import type { Ctx, Vendors } from '@marquee/core/context'
import { captureMessage } from '@marquee/core/notifications/capture-message'
import { createPageFetcher, type PageFetcher } from '@marquee/providers/listings/fetch/page-fetcher'
import { openGateway, openMail, openPush, openSms, openVoice, smsAsMail } from '@marquee/providers/open-vendors'
import type { CapturedSms } from '@marquee/providers/sms/console'

/**
 * The vendors the configuration asks for. What the console providers would have sent is kept for the Outbox page; texts go
 * where mail goes when that is a mail box of its own.
 */
export function openVendors(config: Config, base: Pick<Ctx, 'db'>): Vendors {
  const mail = openMail(config, (message) => captureMessage(base, message))
  const captureSms =
    config.mail.provider === 'console' ? (sms: CapturedSms) => captureMessage(base, sms) : smsAsMail(mail)
  return {
    gateway: openGateway(config),
    mail,
    sms: openSms(config, captureSms),
    voice: openVoice(config),
    push: openPush(config),
  }
}

/** Reads pages of sites. In production the private network cannot be reached by it at all. */
export const openPages = ({ mode, monitor, devCinema }: Config): PageFetcher =>
  createPageFetcher({
    userAgent: monitor.userAgent,
    allowedOrigins: mode === 'production' ? [] : [new URL(devCinema.baseUrl).origin],
  })

import { type CaptureMessage, createConsoleMail } from './mail/console.ts'
import type { MailSender } from './mail/mail-sender.ts'
import { createSmtpMail } from './mail/smtp.ts'
import type { PaymentGateway } from './payments/gateway.ts'
import { createRazorpayGateway } from './payments/razorpay.ts'

/** The share of the configuration that choosing vendors needs. */
export type GatewayConfig = {
  http: { publicBaseUrl: string }
  payments: { gateway: 'dev' | 'razorpay'; keyId: string; keySecret: string; webhookSecret: string; baseUrl: string }
}
export type MailConfig = { mail: { provider: 'console' | 'smtp'; smtpUrl?: string | undefined; from: string } }

/** The development gateway speaks Razorpay's protocol too; what it adds is a payment page of its own. */
export function openGateway({ http, payments }: GatewayConfig): PaymentGateway {
  const { gateway: name, keyId, keySecret, webhookSecret, baseUrl } = payments
  const page = name === 'dev' ? { paymentPage: `${http.publicBaseUrl}/dev/gateway/pay` } : {}
  return createRazorpayGateway({ name, keyId, keySecret, webhookSecret, baseUrl, ...page })
}

/** `capture` keeps what the console provider would have sent. */
export function openMail({ mail }: MailConfig, capture: CaptureMessage): MailSender {
  if (mail.provider === 'smtp' && mail.smtpUrl) return createSmtpMail({ url: mail.smtpUrl, from: mail.from })
  return createConsoleMail(capture)
}

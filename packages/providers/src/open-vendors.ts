import { type CaptureMessage, createConsoleMail } from './mail/console.ts'
import type { MailSender } from './mail/mail-sender.ts'
import { createSmtpMail } from './mail/smtp.ts'
import type { PaymentGateway } from './payments/gateway.ts'
import { createRazorpayGateway } from './payments/razorpay.ts'
import { type CaptureSms, createConsoleSms } from './sms/console.ts'
import { createPlivoSms } from './sms/plivo.ts'
import type { SmsSender } from './sms/sms-sender.ts'
import { createTwilioSms } from './sms/twilio.ts'

/** The share of the configuration that choosing vendors needs. */
export type GatewayConfig = {
  http: { publicBaseUrl: string }
  payments: {
    gateway: 'dev' | 'razorpay'
    keyId: string
    keySecret: string
    webhookSecret: string
    previousWebhookSecret: string | undefined
    baseUrl: string
  }
}
export type MailConfig = { mail: { provider: 'console' | 'smtp'; smtpUrl?: string | undefined; from: string } }
/** Keys of the provider that is not chosen are not looked at. */
export type SmsConfig = {
  sms: {
    provider: 'console' | 'twilio' | 'plivo'
    baseUrl?: string | undefined
    twilio: { accountSid: string; authToken: string; from: string }
    plivo: { authId: string; authToken: string; from: string }
  }
}

/** The development gateway speaks Razorpay's protocol too; what it adds is a payment page of its own. */
export function openGateway({ http, payments }: GatewayConfig): PaymentGateway {
  const { gateway: name, ...keys } = payments
  const page = name === 'dev' ? { paymentPage: `${http.publicBaseUrl}/dev/gateway/pay` } : {}
  return createRazorpayGateway({ name, ...keys, ...page })
}

/** `capture` keeps what the console provider would have sent. */
export function openMail({ mail }: MailConfig, capture: CaptureMessage): MailSender {
  if (mail.provider === 'smtp' && mail.smtpUrl) return createSmtpMail({ url: mail.smtpUrl, from: mail.from })
  return createConsoleMail(capture)
}

export function openSms({ sms }: SmsConfig, capture: CaptureSms): SmsSender {
  if (sms.provider === 'twilio')
    return createTwilioSms({ ...sms.twilio, baseUrl: sms.baseUrl ?? 'https://api.twilio.com' })
  if (sms.provider === 'plivo') return createPlivoSms({ ...sms.plivo, baseUrl: sms.baseUrl ?? 'https://api.plivo.com' })
  return createConsoleSms(capture)
}

/** A text as a mail to nobody, for a development mail box that catches everything. */
export const smsAsMail =
  (mail: MailSender): CaptureSms =>
  async ({ recipient, text, idempotencyKey }) => {
    const { providerMessageId: id } = await mail.send({
      to: `${recipient.replace(/\D/g, '')}@sms.marquee.example`,
      subject: `SMS to ${recipient}`,
      text,
      html: '',
      attachments: [],
      idempotencyKey,
    })
    return { id }
  }

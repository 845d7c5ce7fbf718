import { type CaptureMessage, createConsoleMail } from './mail/console.ts'
import type { MailSender } from './mail/mail-sender.ts'
import { createSmtpMail } from './mail/smtp.ts'
import type { PaymentGateway } from './payments/gateway.ts'
import { createRazorpayGateway } from './payments/razorpay.ts'
import type { PushSender } from './push/push-sender.ts'
import { createWebPush } from './push/web-push.ts'
import { type CaptureSms, createConsoleSms } from './sms/console.ts'
import { createSms } from './sms/failover.ts'
import { createPlivoSms } from './sms/plivo.ts'
import type { SmsSender } from './sms/sms-sender.ts'
import { createTwilioSms } from './sms/twilio.ts'
import { createVoice } from './voice/failover.ts'
import { createPlivoVoice } from './voice/plivo.ts'
import { createTwilioVoice } from './voice/twilio.ts'
import type { Voice } from './voice/voice-caller.ts'

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
type TwilioKeys = { accountSid: string; authToken: string; from: string }
type PlivoKeys = { authId: string; authToken: string; from: string; entityId?: string | undefined }
type DevCarrierConfig = { devCarrier: { baseUrl: string; keys: PlivoKeys } }
/** Keys of the providers that are not chosen are not looked at. */
export type SmsConfig = DevCarrierConfig & {
  sms: {
    providers: readonly ('dev' | 'console' | 'plivo' | 'twilio')[]
    baseUrl?: string | undefined
    twilio: TwilioKeys
    plivo: PlivoKeys
  }
}
export type VoiceConfig = DevCarrierConfig & {
  voice: {
    providers: readonly ('dev' | 'plivo' | 'twilio')[]
    baseUrl?: string | undefined
    twilio: TwilioKeys
    plivo: PlivoKeys
  }
}

const TWILIO = 'https://api.twilio.com'
const PLIVO = 'https://api.plivo.com'

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

/** The development carrier is spoken to as if it were Plivo. `capture` keeps what the console provider would have sent. */
export function openSms({ sms, devCarrier }: SmsConfig, capture: CaptureSms): SmsSender {
  const { providers, baseUrl } = sms
  if (providers.includes('console')) return createConsoleSms(capture)
  return createSms(
    providers.map((name) => {
      if (name === 'twilio') return createTwilioSms({ ...sms.twilio, baseUrl: baseUrl ?? TWILIO })
      if (name === 'plivo') return createPlivoSms({ ...sms.plivo, baseUrl: baseUrl ?? PLIVO })
      return createPlivoSms({ ...devCarrier.keys, baseUrl: baseUrl ?? devCarrier.baseUrl })
    }),
  )
}

export function openVoice({ voice, devCarrier }: VoiceConfig): Voice {
  const { providers, baseUrl } = voice
  return createVoice(
    providers.map((name) => {
      if (name === 'twilio') return createTwilioVoice({ ...voice.twilio, baseUrl: baseUrl ?? TWILIO })
      if (name === 'plivo') return createPlivoVoice({ ...voice.plivo, baseUrl: baseUrl ?? PLIVO })
      return createPlivoVoice({ ...devCarrier.keys, baseUrl: baseUrl ?? devCarrier.baseUrl })
    }),
  )
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

export type PushConfig = { push: { publicKey: string; privateKey: string; subject: string } | null }

/** Null where there are no keys. */
export const openPush = ({ push }: PushConfig): PushSender | null => push && createWebPush(push)

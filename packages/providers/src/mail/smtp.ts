import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { MailError, type MailSender } from './mail-sender.ts'

/**
 * Mail over SMTP. A 5xx answer to the addresses or to the message is final; everything else is worth another try: a 4xx,
 * a lost connection, a time-out, and a refused login too, because that is ours to mend and no fault of the mail. The Message-ID is made from the idempotency key, so a mail sent twice
 * after a crash arrives as the same message, which mail boxes that look at it show once.
 */
export function createSmtpMail(options: { url: string; from: string }): MailSender {
  const transport = createTransport(
    {
      url: options.url,
      pool: true,
      maxConnections: 4,
      connectionTimeout: 5_000,
      greetingTimeout: 5_000,
      socketTimeout: 20_000,
      // What a mail contains is made here: no file and no page is ever read because a message names it.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from: options.from },
  )
  const domain = /@([A-Za-z0-9.-]+)/.exec(options.from)?.[1] ?? 'marquee.invalid'
  return {
    async send({ to, subject, text, html, attachments, idempotencyKey }) {
      const messageId = `<${createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 32)}@${domain}>`
      try {
        const sent = await transport.sendMail({ to, subject, text, html, attachments, messageId })
        return { providerMessageId: sent.messageId }
      } catch (error) {
        throw asMailError(error)
      }
    },
    async close() {
      transport.close()
    },
  }
}

function asMailError(error: unknown): MailError {
  const { responseCode, code, message } = error as { responseCode?: number; code?: string; message?: string }
  const aboutTheMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  return new MailError(`mail server: ${message ?? 'no answer'}`, !(aboutTheMail && (responseCode ?? 500) >= 500), {
    cause: error,
  })
}

import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { MailError, type MailSender } from './mail-sender.ts'

/**
 * Mail over SMTP. A 5xx answer to the guest's address or to the message is final; everything else is worth another try: a
 * 4xx, a lost connection, a time-out, and a refused greeting, login or sender too, because those are ours to mend and no
 * fault of the mail. The Message-ID is made from the idempotency key, so a mail sent twice after a crash arrives as the
 * same message, which mail boxes that look at it show once.
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
    async send({ to, subject, text, html, attachments, idempotencyKey, headers }) {
      const messageId = `<${createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 32)}@${domain}>`
      try {
        const sent = await transport.sendMail({
          to,
          subject,
          text,
          html,
          attachments,
          messageId,
          ...(headers && { headers }),
        })
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

type SmtpFault = { responseCode?: number; code?: string; command?: string; message?: string }

/** "Authentication required", which some servers say no sooner than to the address. */
const LOGIN_WANTED = 530

function asMailError(error: unknown): MailError {
  const fault = error as SmtpFault
  const { responseCode, code = '', message = 'no answer' } = fault
  const refused = responseCode === undefined ? ['EENVELOPE', 'EMESSAGE', 'EAUTH'].includes(code) : responseCode >= 500
  const final = refused && isAboutTheMail(fault)
  return new MailError(`mail server: ${message}`, !final, { cause: error, ours: refused && !final })
}

/** About this address or this message, not about who sends it. Without a response code no server was asked. */
function isAboutTheMail({ responseCode, code, command, message = '' }: SmtpFault): boolean {
  if (code === 'EMESSAGE') return true
  if (code !== 'EENVELOPE' || responseCode === LOGIN_WANTED) return false
  return responseCode === undefined ? !message.startsWith('Invalid sender') : command === 'RCPT TO'
}

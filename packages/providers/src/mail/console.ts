import { MailError, type MailSender } from './mail-sender.ts'

/** A message that would have gone out. `text` is what the person would read or hear. */
export type CapturedMail = {
  channel: 'email'
  recipient: string
  subject: string
  text: string
  html: string
  attachments: { filename: string; contentType: string; content: Buffer }[]
  idempotencyKey: string
}
export type CaptureMessage = (message: CapturedMail) => Promise<{ id: string }>

/** Sends nothing: hands every mail to `capture`, which shows it on the Outbox page. For machines without a mail account. */
export function createConsoleMail(capture: CaptureMessage): MailSender {
  return {
    async send({ to, subject, text, html, attachments, idempotencyKey }) {
      try {
        const { id } = await capture({
          channel: 'email',
          recipient: to,
          subject,
          text,
          html,
          attachments,
          idempotencyKey,
        })
        return { providerMessageId: `console-${id}` }
      } catch (error) {
        throw new MailError('the mail could not be captured', true, { cause: error })
      }
    },
    async close() {},
  }
}

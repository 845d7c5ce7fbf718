export type MailMessage = {
  to: string
  subject: string
  text: string
  html: string
  attachments: { filename: string; contentType: string; content: Buffer }[]
  /** Same key, same message: lets a provider drop a repeat. */
  idempotencyKey: string
}

export interface MailSender {
  /** @throws MailError */
  send(message: MailMessage): Promise<{ providerMessageId: string }>
  close(): Promise<void>
}

export class MailError extends Error {
  /** A permanent refusal (5xx of SMTP) is not worth repeating. */
  readonly retry: boolean
  constructor(message: string, retry: boolean, options?: ErrorOptions) {
    super(message, options)
    this.name = 'MailError'
    this.retry = retry
  }
}

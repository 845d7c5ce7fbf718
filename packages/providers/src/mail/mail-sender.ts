export type MailMessage = {
  to: string
  subject: string
  text: string
  html: string
  attachments: { filename: string; contentType: string; content: Buffer }[]
  /** Same key, same message: lets a provider drop a repeat. */
  idempotencyKey: string
  /** Further headers, such as List-Unsubscribe. One line each. */
  headers?: Record<string, string>
}

export interface MailSender {
  /** @throws MailError */
  send(message: MailMessage): Promise<{ providerMessageId: string }>
  close(): Promise<void>
}

export class MailError extends Error {
  /** Not worth repeating: the address or the message itself was refused for good (5xx of SMTP). */
  readonly retry: boolean
  /** The server is there and refuses us whatever we send: a login, a sender. Somebody must mend it; the mail waits. */
  readonly ours: boolean
  constructor(message: string, retry: boolean, options: ErrorOptions & { ours?: boolean } = {}) {
    super(message, options)
    this.name = 'MailError'
    this.retry = retry
    this.ours = options.ours ?? false
  }
}

import type { MailError, MailMessage, MailSender } from '@marquee/providers/mail/mail-sender'

export type FakeMail = MailSender & {
  /** What reached the provider, once per idempotency key. */
  readonly sent: MailMessage[]
  /** How often send was called, refused or repeated. */
  readonly attempts: { count: number }
  /** The next sends fail with this, until told null. */
  failWith(error: MailError | null): void
}

/** A mail provider in memory that drops repeats by their key, as a real one may. */
export function fakeMail(): FakeMail {
  const sent: MailMessage[] = []
  const attempts = { count: 0 }
  let failure: MailError | null = null
  return {
    sent,
    attempts,
    async send(message) {
      attempts.count++
      if (failure) throw failure
      if (!sent.some((earlier) => earlier.idempotencyKey === message.idempotencyKey)) sent.push(message)
      return { providerMessageId: `fake-${message.idempotencyKey}` }
    },
    async close() {},
    failWith(error) {
      failure = error
    },
  }
}

/** A browser's own address and keys, from its push manager. */
export type PushTarget = { endpoint: string; p256dh: string; auth: string }

/** What the page's worker shows. */
export type PushMessage = { title: string; body: string; url: string; tag: string }

export interface PushSender {
  /** VAPID's public key, which a browser needs to subscribe. */
  readonly publicKey: string
  /** Whether an address belongs to a push service. Others are never called. */
  accepts(endpoint: string): boolean
  /** `gone`: the browser does not want it any more, and never will. @throws PushError */
  send(target: PushTarget, message: PushMessage): Promise<'sent' | 'gone'>
  close(): Promise<void>
}

export class PushError extends Error {
  readonly retry: boolean
  constructor(message: string, retry: boolean, options: ErrorOptions = {}) {
    super(message, options)
    this.name = 'PushError'
    this.retry = retry
  }
}

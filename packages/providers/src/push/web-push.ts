import { Agent, request } from 'undici'
import webpush from 'web-push'
import { PushError, type PushMessage, type PushSender, type PushTarget } from './push-sender.ts'

const ANSWER_WITHIN_MS = 8_000
/** Old news wakes nobody: a push service keeps it this long for a browser that sleeps. */
const TTL_SECONDS = 4 * 3_600
/** The push services of the browsers there are: Chrome and Edge, Firefox, Windows, Safari. */
const SERVICES = [
  /^fcm\.googleapis\.com$/,
  /^([a-z0-9-]+\.)*push\.services\.mozilla\.com$/,
  /^([a-z0-9-]+\.)*notify\.windows\.com$/,
  /^([a-z0-9-]+\.)*push\.apple\.com$/,
]

export type WebPushOptions = {
  publicKey: string
  privateKey: string
  /** Whom a push service writes to when we misbehave: a mailto: or https: address. */
  subject: string
  /** A service that stands in for those of browsers, in tests. */
  ownService?: string
}

/** Wakes browsers by the Web Push protocol (RFC 8030), encrypted for them alone (RFC 8291), signed by VAPID (RFC 8292). */
export function createWebPush({ publicKey, privateKey, subject, ownService }: WebPushOptions): PushSender {
  const dispatcher = new Agent({ connect: { timeout: 3_000 }, connections: 8 })
  const vapidDetails = { subject, publicKey, privateKey }
  const accepts = (endpoint: string) => {
    const url = URL.canParse(endpoint) ? new URL(endpoint) : null
    if (!url || url.username || url.password) return false
    if (ownService && url.origin === ownService) return true
    return url.protocol === 'https:' && url.port === '' && SERVICES.some((service) => service.test(url.hostname))
  }
  return {
    publicKey,
    accepts,
    async send({ endpoint, p256dh, auth }: PushTarget, message: PushMessage) {
      // Addresses of other times, when other services were known.
      if (!accepts(endpoint)) return 'gone'
      const { headers, body } = sealed({ endpoint, p256dh, auth }, message, vapidDetails)
      let status: number
      try {
        const answer = await request(endpoint, {
          method: 'POST',
          dispatcher,
          headers,
          body,
          signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
        })
        status = answer.statusCode
        await answer.body.dump()
      } catch (error) {
        throw new PushError('the push service did not answer', true, { cause: error })
      }
      if (status === 404 || status === 410) return 'gone'
      if (status >= 300) throw new PushError(`the push service answered ${status}`, status === 429 || status >= 500)
      return 'sent'
    },
    close: () => dispatcher.close(),
  }
}

/** @throws PushError when the browser's keys are none */
function sealed(
  { endpoint, p256dh, auth }: PushTarget,
  message: PushMessage,
  vapidDetails: { subject: string; publicKey: string; privateKey: string },
) {
  try {
    const details = webpush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, JSON.stringify(message), {
      vapidDetails,
      TTL: TTL_SECONDS,
      urgency: 'high',
    })
    const headers = Object.fromEntries(Object.entries(details.headers).map(([name, value]) => [name, String(value)]))
    return { headers, body: details.body }
  } catch (error) {
    throw new PushError('the keys of this browser cannot be used', false, { cause: error })
  }
}

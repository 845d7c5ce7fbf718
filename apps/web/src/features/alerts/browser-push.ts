import { api } from '../../lib/api-client.ts'

/** Why this browser cannot be woken, as a sentence for whoever asked for it. */
export class PushRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'PushRefused'
  }
}

const WORKER = '/push-worker.js'

/** Null: it can be asked. */
export function pushImpossible(pushKey: string | null): string | null {
  if (!pushKey) return 'Notifications of browsers are not set up on this copy of Marquee.'
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window))
    return 'This browser cannot be notified. On an iPhone, add Marquee to the home screen first.'
  return null
}

const bytesOf = (base64url: string) =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))

/**
 * Asks the person, registers the worker and tells the API where this browser is woken. Call it from a press: browsers
 * show their question to nobody who did not ask. @throws PushRefused, ApiError
 */
export async function subscribeToPush(pushKey: string): Promise<void> {
  const answer = await Notification.requestPermission()
  if (answer === 'denied')
    throw new PushRefused(
      'This browser blocks notifications from Marquee. Allow them beside the address, then tick again.',
    )
  if (answer !== 'granted')
    throw new PushRefused('The browser’s question was closed unanswered. Tick again to be asked.')
  let subscription: PushSubscription
  try {
    await navigator.serviceWorker.register(WORKER)
    const { pushManager } = await navigator.serviceWorker.ready
    const old = await pushManager.getSubscription()
    const key = bytesOf(pushKey)
    // A subscription for another key of ours could never be used again.
    if (old && !sameKey(old.options.applicationServerKey, key)) await old.unsubscribe()
    subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  } catch {
    throw new PushRefused(
      'This browser’s own push service could not be reached. Choose another way, or try again later.',
    )
  }
  const { endpoint, keys } = subscription.toJSON()
  await api.post('/api/push/endpoints', { endpoint, keys: { p256dh: keys?.p256dh, auth: keys?.auth } })
}

function sameKey(kept: ArrayBuffer | null, key: Uint8Array): boolean {
  const bytes = kept && new Uint8Array(kept)
  return bytes?.length === key.length && bytes.every((byte, index) => byte === key[index])
}

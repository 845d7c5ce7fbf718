import type { Checkout } from '@marquee/contracts/bookings'

/** What the gateway hands back through the browser; the server checks the signature. */
export type GatewayReceipt = { razorpay_order_id: string; razorpay_payment_id: string; razorpay_signature: string }

interface RazorpayWindow {
  Razorpay?: new (
    options: Record<string, unknown>,
  ) => { open(): void; on(event: 'payment.failed', call: () => void): void }
}

const SCRIPT = 'https://checkout.razorpay.com/v1/checkout.js'

/**
 * Takes the guest to pay. A gateway with a page of its own gets the tab; Razorpay opens over ours and answers here.
 * @throws Error when the gateway's script did not load
 */
export async function openGateway(
  checkout: Checkout,
  input: { email: string | null; title: string; onPaid: (receipt: GatewayReceipt) => void; onLeft: () => void },
): Promise<void> {
  if (checkout.paymentUrl !== null) {
    const url = new URL(checkout.paymentUrl, window.location.origin)
    if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new Error('not a payment page')
    window.location.assign(url)
    return
  }
  const { Razorpay } = await razorpay()
  if (!Razorpay) throw new Error('the payment window did not load')
  new Razorpay({
    key: checkout.keyId,
    order_id: checkout.orderId,
    amount: checkout.amountMinor,
    currency: checkout.currency,
    name: 'Marquee',
    description: input.title,
    prefill: input.email ? { email: input.email } : {},
    handler: input.onPaid,
    modal: { ondismiss: input.onLeft, confirm_close: true },
  }).open()
}

let loading: Promise<void> | null = null

async function razorpay(): Promise<RazorpayWindow> {
  const here = window as RazorpayWindow
  if (here.Razorpay) return here
  loading ??= new Promise<void>((resolve, reject) => {
    const script = document.createElement('script')
    script.src = SCRIPT
    script.onload = () => resolve()
    script.onerror = () => reject(new Error('the payment window did not load'))
    document.head.append(script)
  }).catch((error: unknown) => {
    loading = null
    throw error
  })
  await loading
  return here
}

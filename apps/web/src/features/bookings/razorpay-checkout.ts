import type { Checkout } from '@marquee/contracts/bookings'
import { ApiError } from '../../lib/api-error.ts'

/** What the gateway hands back through the browser; the server checks the signature. */
export type GatewayReceipt = { razorpay_order_id: string; razorpay_payment_id: string; razorpay_signature: string }

export type RazorpayGuest = { name: string | null; email: string | null; phone: string | null }
export type RazorpayEnds = {
  onPaid(receipt: GatewayReceipt): void
  /** The window was closed unpaid. `refusal`: what the bank said last, in words, when it said no before that. */
  onLeft(refusal: string | null): void
}

type Failed = { error?: { description?: unknown } }
interface RazorpayWindow {
  Razorpay?: new (
    options: Record<string, unknown>,
  ) => { open(): void; on(event: 'payment.failed', call: (answer: Failed) => void): void }
}

const SCRIPT = 'https://checkout.razorpay.com/v1/checkout.js'
const LOADED_WITHIN_MS = 15_000

/**
 * Razorpay's own payment window over our page. Its script is fetched here, when somebody pays, and nowhere else.
 * @throws ApiError GATEWAY_UNAVAILABLE when the script did not come, in words for the guest
 */
export async function payWithRazorpay(
  checkout: Checkout,
  shown: { title: string; guest: RazorpayGuest },
  { onPaid, onLeft }: RazorpayEnds,
): Promise<void> {
  const Razorpay = await loadRazorpay()
  let refusal: string | null = null
  let paid = false
  const payment = new Razorpay({
    ...razorpayOptions(checkout, shown),
    handler: (receipt: GatewayReceipt) => {
      paid = true
      onPaid(receipt)
    },
    modal: {
      // A slip of the finger must not close a window in which a bank is being asked.
      confirm_close: true,
      escape: false,
      backdropclose: false,
      animation: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
      ondismiss: () => {
        if (!paid) onLeft(refusal)
      },
    },
  })
  // The window itself offers another way to pay; this is for who leaves after it.
  payment.on('payment.failed', ({ error }) => {
    refusal = typeof error?.description === 'string' && error.description !== '' ? error.description : 'no reason given'
  })
  payment.open()
}

/** What the window is told. The amount is the order's own: another one here would be refused by the gateway. */
export function razorpayOptions(checkout: Checkout, { title, guest }: { title: string; guest: RazorpayGuest }) {
  const seconds = Math.floor((Date.parse(checkout.payBy) - Date.parse(checkout.now)) / 1_000)
  return {
    key: checkout.keyId,
    order_id: checkout.orderId,
    amount: checkout.amountMinor,
    currency: checkout.currency,
    name: 'Marquee',
    description: title.slice(0, 250),
    prefill: {
      ...(guest.name && { name: guest.name }),
      ...(guest.email && { email: guest.email }),
      ...(guest.phone && { contact: guest.phone }),
    },
    notes: { booking: checkout.bookingId },
    // Cards are the gateway's business, and the guest's; nothing of them is remembered on our behalf.
    remember_customer: false,
    retry: { enabled: true, max_count: 4 },
    // The seats are kept so long; paying later would buy nothing.
    timeout: Math.max(seconds, 30),
  }
}

let loading: Promise<void> | null = null

async function loadRazorpay(): Promise<NonNullable<RazorpayWindow['Razorpay']>> {
  const here = window as RazorpayWindow
  if (!here.Razorpay) {
    loading ??= fetchScript().finally(() => {
      loading = null
    })
    await loading
  }
  if (!here.Razorpay) throw blocked()
  return here.Razorpay
}

function fetchScript(): Promise<void> {
  const script = document.createElement('script')
  script.src = SCRIPT
  return new Promise<void>((resolve, reject) => {
    const tooLate = setTimeout(() => reject(blocked()), LOADED_WITHIN_MS)
    script.onload = () => {
      clearTimeout(tooLate)
      resolve()
    }
    script.onerror = () => {
      clearTimeout(tooLate)
      reject(blocked())
    }
    document.head.append(script)
  }).catch((error: unknown) => {
    // The next try asks anew.
    script.remove()
    throw error
  })
}

const blocked = () =>
  new ApiError({
    code: 'GATEWAY_UNAVAILABLE',
    message:
      'The payment window of Razorpay could not be loaded. An ad blocker, a company network or a weak connection may keep checkout.razorpay.com away.',
  })

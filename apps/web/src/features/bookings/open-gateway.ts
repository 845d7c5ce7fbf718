import type { Checkout } from '@marquee/contracts/bookings'
import { toast } from '../../components/ui/toast.ts'
import { useSession } from '../../lib/session.ts'
import { type GatewayReceipt, payWithRazorpay } from './razorpay-checkout.ts'

/**
 * Takes the guest to pay. A gateway with a page of its own gets the tab; Razorpay opens over ours and answers here.
 * @throws ApiError when the gateway's script did not load
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
  const { user } = useSession.getState()
  const guest = { name: user?.name ?? null, email: input.email ?? user?.email ?? null, phone: user?.phone ?? null }
  await payWithRazorpay(
    checkout,
    { title: input.title, guest },
    {
      onPaid: input.onPaid,
      onLeft(refusal) {
        if (refusal !== null)
          void toast('The payment was refused, and nothing was taken.', {
            tone: 'danger',
            description: `The bank said: ${refusal}`,
            durationMs: 12_000,
          })
        input.onLeft()
      },
    },
  )
}

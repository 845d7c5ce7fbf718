import type { PaymentMethodList } from '@marquee/contracts/payments'
import { useQuery } from '@tanstack/react-query'
import { getPublic } from '../../../lib/public-api.ts'

/** What the payment page will offer. Nothing where that is not known: a way to pay is never promised. */
export function PayMethods() {
  const methods = useQuery({
    queryKey: ['payment-methods'],
    queryFn: ({ signal }) => getPublic<PaymentMethodList>('/api/payments/methods', {}, signal),
    staleTime: 600_000,
    retry: false,
  })
  const labels = methods.data?.items.map((item) => item.label) ?? []
  if (labels.length === 0) return null
  return <p className="mt-4 text-14 text-muted">You choose on the payment page: {labels.map(inSentence).join(', ')}.</p>
}

/** "UPI" stays, "Net banking" begins no sentence here. */
const inSentence = (label: string) => label.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())

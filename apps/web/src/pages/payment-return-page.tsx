import { EmptyState } from '../components/ui/empty-state.tsx'
import { usePageTitle } from '../lib/page-title.ts'

export function PaymentReturnPage() {
  usePageTitle('Your payment')
  return (
    <div className="wrap py-12">
      <EmptyState title="Your payment">This page is not open yet.</EmptyState>
    </div>
  )
}

import { EmptyState } from '../components/ui/empty-state.tsx'
import { usePageTitle } from '../lib/page-title.ts'

export function CheckoutPage() {
  usePageTitle('Checkout')
  return (
    <div className="wrap py-12">
      <EmptyState title="Checkout">This page is not open yet.</EmptyState>
    </div>
  )
}

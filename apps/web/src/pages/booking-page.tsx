import { EmptyState } from '../components/ui/empty-state.tsx'
import { usePageTitle } from '../lib/page-title.ts'

export function BookingPage() {
  usePageTitle('Your booking')
  return (
    <div className="wrap py-12">
      <EmptyState title="Your booking">This page is not open yet.</EmptyState>
    </div>
  )
}

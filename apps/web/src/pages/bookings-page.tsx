import { EmptyState } from '../components/ui/empty-state.tsx'
import { usePageTitle } from '../lib/page-title.ts'

export function BookingsPage() {
  usePageTitle('Your bookings')
  return (
    <div className="wrap py-12">
      <EmptyState title="Your bookings">This page is not open yet.</EmptyState>
    </div>
  )
}

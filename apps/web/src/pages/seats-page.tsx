import { EmptyState } from '../components/ui/empty-state.tsx'
import { usePageTitle } from '../lib/page-title.ts'

export function SeatsPage() {
  usePageTitle('Choose your seats')
  return (
    <div className="wrap py-12">
      <EmptyState title="Choose your seats">This page is not open yet.</EmptyState>
    </div>
  )
}

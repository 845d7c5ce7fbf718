import { lazy } from 'react'
import { Route, Routes } from 'react-router'
import { adminRoutes } from '../../lib/admin-paths.ts'
import { NotFoundPage } from '../not-found-page.tsx'
import { AdminHome } from './admin-home.tsx'
import { AdminLayout } from './admin-layout.tsx'

const AdminRequestsPage = lazy(async () => ({ default: (await import('./requests-page.tsx')).AdminRequestsPage }))
const AdminUsersPage = lazy(async () => ({ default: (await import('./users-page.tsx')).AdminUsersPage }))
const AdminAuditPage = lazy(async () => ({ default: (await import('./audit-page.tsx')).AdminAuditPage }))
const AdminPromosPage = lazy(async () => ({ default: (await import('./promos-page.tsx')).AdminPromosPage }))
const AdminVouchersPage = lazy(async () => ({ default: (await import('./vouchers-page.tsx')).AdminVouchersPage }))
const AdminPolicyPage = lazy(async () => ({ default: (await import('./policy-page.tsx')).AdminPolicyPage }))
const AdminSourcesPage = lazy(async () => ({ default: (await import('./sources-page.tsx')).AdminSourcesPage }))
const AdminWatchesPage = lazy(async () => ({ default: (await import('./watches-page.tsx')).AdminWatchesPage }))
const AdminOpeningsPage = lazy(async () => ({ default: (await import('./openings-page.tsx')).AdminOpeningsPage }))
const AdminDeliveriesPage = lazy(async () => ({ default: (await import('./deliveries-page.tsx')).AdminDeliveriesPage }))
const AdminDeadJobsPage = lazy(async () => ({ default: (await import('./dead-jobs-page.tsx')).AdminDeadJobsPage }))
const AdminForecastsPage = lazy(async () => ({ default: (await import('./forecasts-page.tsx')).AdminForecastsPage }))
const AdminShowtimesPage = lazy(async () => ({ default: (await import('./showtimes-page.tsx')).AdminShowtimesPage }))

/** The administration's own routes: few people ever see them, so the first page of everybody else does not carry them. */
export function AdminPages() {
  return (
    <Routes>
      <Route element={<AdminLayout />}>
        <Route index element={<AdminHome />} />
        <Route path={below(adminRoutes.requests)} element={<AdminRequestsPage />} />
        <Route path={below(adminRoutes.users)} element={<AdminUsersPage />} />
        <Route path={below(adminRoutes.audit)} element={<AdminAuditPage />} />
        <Route path={below(adminRoutes.promos)} element={<AdminPromosPage />} />
        <Route path={below(adminRoutes.vouchers)} element={<AdminVouchersPage />} />
        <Route path={below(adminRoutes.policy)} element={<AdminPolicyPage />} />
        <Route path={below(adminRoutes.sources)} element={<AdminSourcesPage />} />
        <Route path={below(adminRoutes.watches)} element={<AdminWatchesPage />} />
        <Route path={below(adminRoutes.openings)} element={<AdminOpeningsPage />} />
        <Route path={below(adminRoutes.deliveries)} element={<AdminDeliveriesPage />} />
        <Route path={below(adminRoutes.deadJobs)} element={<AdminDeadJobsPage />} />
        <Route path={below(adminRoutes.forecasts)} element={<AdminForecastsPage />} />
        <Route path={below(adminRoutes.showtimes)} element={<AdminShowtimesPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  )
}

const below = (path: string) => path.slice('/admin/'.length)

import { withQuery } from './paths.ts'

/** Pages of the administration: beside the other paths, and not in what everybody loads first. */
export const adminRoutes = {
  requests: '/admin/requests',
  users: '/admin/users',
  audit: '/admin/audit',
  promos: '/admin/promo-codes',
  vouchers: '/admin/vouchers',
  showtimes: '/admin/showtimes',
  policy: '/admin/cancellation-terms',
  sources: '/admin/sources',
  watches: '/admin/watches',
  openings: '/admin/openings',
  deliveries: '/admin/deliveries',
  deadJobs: '/admin/dead-letters',
  forecasts: '/admin/forecasts',
} as const

export const adminPaths = {
  requests: (query: { state?: string; page?: number } = {}) => withQuery(adminRoutes.requests, query),
  users: (query: { q?: string; role?: string; page?: number } = {}) => withQuery(adminRoutes.users, query),
  audit: (query: { action?: string; subject?: string; page?: number } = {}) => withQuery(adminRoutes.audit, query),
  promos: (query: { page?: number } = {}) => withQuery(adminRoutes.promos, query),
  vouchers: () => adminRoutes.vouchers,
  showtimes: (query: { theatre?: string; date?: string } = {}) => withQuery(adminRoutes.showtimes, query),
  policy: (query: { theatre?: string } = {}) => withQuery(adminRoutes.policy, query),
  sources: () => adminRoutes.sources,
  watches: (query: { source?: string; city?: string; q?: string; blind?: string; page?: number } = {}) =>
    withQuery(adminRoutes.watches, query),
  openings: (query: { state?: string; page?: number } = {}) => withQuery(adminRoutes.openings, query),
  deliveries: (query: { channel?: string; state?: string; dead?: string; opening?: string; page?: number } = {}) =>
    withQuery(adminRoutes.deliveries, query),
  deadJobs: (query: { page?: number } = {}) => withQuery(adminRoutes.deadJobs, query),
  forecasts: (query: { city?: string } = {}) => withQuery(adminRoutes.forecasts, query),
}

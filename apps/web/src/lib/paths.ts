/** The only place where a URL of the web app is written. Values are encoded here and nowhere else. */

type Query = Record<string, string | number | null | undefined>

export function withQuery(path: string, query: Query): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') params.set(name, String(value))
  }
  const text = params.toString()
  return text ? `${path}?${text}` : path
}

const enc = encodeURIComponent

/** Patterns for the router. */
export const routes = {
  home: '/',
  films: '/films',
  film: '/films/:slug',
  theatres: '/theatres',
  theatre: '/theatres/:slug',
  search: '/search',
  seats: '/showtimes/:id/seats',
  checkout: '/checkout/:showtimeId',
  paymentReturn: '/payment/return',
  bookings: '/bookings',
  booking: '/bookings/:id',
  signIn: '/sign-in',
  signUp: '/sign-up',
  forgotPassword: '/forgot-password',
  account: '/account',
  newPassword: '/account/new-password',
  moveBooking: '/bookings/:id/move',
  refund: '/refunds/:reference',
  admin: '/admin/*',
  bot: '/bot',
  outbox: '/outbox',
  alertMe: '/alert-me',
  alerts: '/alerts',
  unsubscribe: '/alerts/unsubscribe',
  verifyTicket: '/tickets/verify',
} as const

export const paths = {
  home: () => routes.home,
  /** `date` and `count` are carried on to the film that is chosen. */
  films: (
    query: {
      status?: 'running' | 'upcoming'
      language?: string | undefined
      genre?: string | undefined
      date?: string | undefined
      count?: number | undefined
    } = {},
  ) => withQuery(routes.films, query),
  /** `theatre` narrows to one cinema; `count` is carried on to the seats. */
  film: (slug: string, query: { date?: string; theatre?: string; count?: number } = {}) =>
    withQuery(`/films/${enc(slug)}`, query),
  theatres: () => routes.theatres,
  theatre: (slug: string, query: { date?: string; count?: number } = {}) => withQuery(`/theatres/${enc(slug)}`, query),
  search: (q?: string) => withQuery(routes.search, { q }),
  /** `count`: how many seats together the guest asked for before choosing. `move`: the booking they are to replace. */
  seats: (showtimeId: string, query: { count?: number; move?: string } = {}) =>
    withQuery(`/showtimes/${enc(showtimeId)}/seats`, query),
  checkout: (showtimeId: string) => `/checkout/${enc(showtimeId)}`,
  paymentReturn: () => routes.paymentReturn,
  bookings: () => routes.bookings,
  booking: (id: string) => `/bookings/${enc(id)}`,
  signIn: (next?: string) => withQuery(routes.signIn, { next }),
  signUp: (next?: string) => withQuery(routes.signUp, { next }),
  forgotPassword: (next?: string) => withQuery(routes.forgotPassword, { next }),
  account: () => routes.account,
  newPassword: (next?: string) => withQuery(routes.newPassword, { next }),
  moveBooking: (id: string, query: { to?: string | undefined } = {}) => withQuery(`/bookings/${enc(id)}/move`, query),
  refund: (reference: string) => `/refunds/${enc(reference)}`,
  admin: () => '/admin',
  bot: () => routes.bot,
  outbox: (query: { show?: string; recipient?: string } = {}) => withQuery(routes.outbox, query),
  /** `film`: a slug or the key of an alert's film; `theatre`: its id. */
  alertMe: (query: { film?: string; city?: string | undefined; theatre?: string } = {}) =>
    withQuery(routes.alertMe, query),
  alerts: () => routes.alerts,
  verifyTicket: (token?: string) => withQuery(routes.verifyTicket, { token }),
}

/** Going back to one of these would only ask again. */
const ASKING: ReadonlySet<string> = new Set([routes.signIn, routes.signUp, routes.forgotPassword, routes.newPassword])

/**
 * Where to go after signing in. Only a path of this site: anything that a browser could read as another
 * origin (`//host`, `/\host`, a scheme, control characters) becomes the home page.
 */
export function safeNext(next: string | null | undefined): string {
  if (!next?.startsWith('/') || next.length > 2000) return routes.home
  const here = 'https://here.invalid'
  try {
    const url = new URL(next, here)
    if (url.origin !== here) return routes.home
    const path = url.pathname + url.search + url.hash
    if (path.startsWith('//') || ASKING.has(url.pathname)) return routes.home
    return path
  } catch {
    return routes.home
  }
}

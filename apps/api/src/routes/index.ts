import { seatChannel } from '../ws/seat-channel.ts'
import { accountRoutes } from './account.ts'
import { adminRoutes } from './admin.ts'
import { adminRequestRoutes } from './admin-requests.ts'
import { authRoutes } from './auth.ts'
import { bookingRoutes } from './bookings.ts'
import { cityRoutes } from './cities.ts'
import { cineverseRoutes } from './compat/cineverse.ts'
import { cineverseAccountRoutes } from './compat/cineverse-accounts.ts'
import { cineversePaymentRoutes } from './compat/cineverse-payments.ts'
import { egareyeRoutes } from './compat/egareye.ts'
import { reviewsRoutes } from './compat/reviews.ts'
import { reviewsAccountRoutes } from './compat/reviews-accounts.ts'
import { ticketPlatformRoutes } from './compat/ticket-platform.ts'
import { ticketPlatformAccountRoutes } from './compat/ticket-platform-accounts.ts'
import { devRoutes } from './dev.ts'
import { devGatewayRoutes } from './dev-gateway.ts'
import { healthRoutes } from './health.ts'
import { homeRoutes } from './home.ts'
import { invoiceRoutes } from './invoices.ts'
import { moveRoutes } from './moves.ts'
import { movieRoutes } from './movies.ts'
import { offerRoutes } from './offers.ts'
import { otpRoutes } from './otp.ts'
import { passwordRoutes } from './password.ts'
import { paymentRoutes } from './payments.ts'
import type { Routes } from './routes.ts'
import { seatRoutes } from './seats.ts'
import { showtimeRoutes } from './showtimes.ts'
import { theatreRoutes } from './theatres.ts'
import { ticketRoutes } from './tickets.ts'

/** Every route file with the path it is mounted under, in order. A new noun is one line here. */
export const ROUTES: { plugin: Routes; prefix: string }[] = [
  { plugin: healthRoutes, prefix: '' },
  { plugin: authRoutes, prefix: '/api/auth' },
  { plugin: otpRoutes, prefix: '/api/auth/otp' },
  { plugin: passwordRoutes, prefix: '/api/auth/password' },
  { plugin: accountRoutes, prefix: '/api/account' },
  { plugin: homeRoutes, prefix: '/api/home' },
  { plugin: cityRoutes, prefix: '/api/cities' },
  { plugin: movieRoutes, prefix: '/api/movies' },
  { plugin: theatreRoutes, prefix: '/api/theatres' },
  { plugin: showtimeRoutes, prefix: '/api' },
  { plugin: seatRoutes, prefix: '/api/showtimes' },
  { plugin: seatChannel, prefix: '/api/showtimes' },
  { plugin: bookingRoutes, prefix: '/api/bookings' },
  { plugin: moveRoutes, prefix: '/api/bookings' },
  { plugin: ticketRoutes, prefix: '/api' },
  { plugin: invoiceRoutes, prefix: '/api' },
  { plugin: offerRoutes, prefix: '/api' },
  { plugin: paymentRoutes, prefix: '/api/payments' },
  { plugin: adminRequestRoutes, prefix: '/api/admin-requests' },
  { plugin: adminRoutes, prefix: '/api/admin' },
  { plugin: devRoutes, prefix: '/api/dev' },
  { plugin: devGatewayRoutes, prefix: '/dev/gateway' },
  // Addresses of the systems this one replaces: see docs/api-map.md.
  { plugin: cineverseRoutes, prefix: '' },
  { plugin: cineverseAccountRoutes, prefix: '/api/user' },
  { plugin: cineversePaymentRoutes, prefix: '/api/payments' },
  { plugin: egareyeRoutes, prefix: '' },
  { plugin: reviewsRoutes, prefix: '/movies' },
  { plugin: reviewsAccountRoutes, prefix: '/auth' },
  { plugin: ticketPlatformRoutes, prefix: '' },
  { plugin: ticketPlatformAccountRoutes, prefix: '' },
]

import { createBrowserRouter, type LoaderFunctionArgs, type RouteObject } from 'react-router'
import { homeQuery, movieQuery } from '../features/catalog/queries.ts'
import { useCityChoice } from '../lib/city.ts'
import { routes } from '../lib/paths.ts'
import { queryClient } from '../lib/query-client.ts'
import { RouteError } from './error-boundary.tsx'
import { Layout } from './layout.tsx'
import { PageFallback } from './page-fallback.tsx'
import { RequireSession } from './require-session.tsx'

/** Pages where a task is being finished: the browsing bar at the foot of a phone gives way to theirs. */
export interface RouteHandle {
  focused?: boolean
}
const focused: RouteHandle = { focused: true }

/** The data is asked for while the page's code is still on its way. The page itself shows what comes of it. */
function warmHome() {
  void queryClient.prefetchQuery(homeQuery(useCityChoice.getState().slug))
  return null
}
function warmFilm({ params }: LoaderFunctionArgs) {
  if (params.slug) void queryClient.prefetchQuery(movieQuery(params.slug))
  return null
}

const pages: RouteObject[] = [
  {
    path: routes.home,
    loader: warmHome,
    lazy: async () => ({ Component: (await import('../pages/home-page.tsx')).HomePage }),
  },
  { path: routes.films, lazy: async () => ({ Component: (await import('../pages/films-page.tsx')).FilmsPage }) },
  {
    path: routes.film,
    loader: warmFilm,
    lazy: async () => ({ Component: (await import('../pages/film-page.tsx')).FilmPage }),
  },
  {
    path: routes.theatres,
    lazy: async () => ({ Component: (await import('../pages/theatres-page.tsx')).TheatresPage }),
  },
  { path: routes.theatre, lazy: async () => ({ Component: (await import('../pages/theatre-page.tsx')).TheatrePage }) },
  { path: routes.search, lazy: async () => ({ Component: (await import('../pages/search-page.tsx')).SearchPage }) },
  {
    path: routes.seats,
    handle: focused,
    lazy: async () => ({ Component: (await import('../pages/seats-page.tsx')).SeatsPage }),
  },
  {
    path: routes.checkout,
    handle: focused,
    lazy: async () => ({ Component: (await import('../pages/checkout-page.tsx')).CheckoutPage }),
  },
  {
    path: routes.paymentReturn,
    handle: focused,
    lazy: async () => ({ Component: (await import('../pages/payment-return-page.tsx')).PaymentReturnPage }),
  },
  {
    Component: RequireSession,
    children: [
      {
        path: routes.bookings,
        lazy: async () => ({ Component: (await import('../pages/bookings-page.tsx')).BookingsPage }),
      },
      {
        path: routes.booking,
        lazy: async () => ({ Component: (await import('../pages/booking-page.tsx')).BookingPage }),
      },
      {
        path: routes.moveBooking,
        handle: focused,
        lazy: async () => ({ Component: (await import('../pages/move-page.tsx')).MovePage }),
      },
      {
        path: routes.account,
        lazy: async () => ({ Component: (await import('../pages/account-page.tsx')).AccountPage }),
      },
      {
        path: routes.admin,
        lazy: async () => ({ Component: (await import('../pages/admin/admin-pages.tsx')).AdminPages }),
      },
      {
        path: routes.newPassword,
        handle: focused,
        lazy: async () => ({ Component: (await import('../pages/new-password-page.tsx')).NewPasswordPage }),
      },
    ],
  },
  { path: routes.refund, lazy: async () => ({ Component: (await import('../pages/refund-page.tsx')).RefundPage }) },
  { path: routes.signIn, lazy: async () => ({ Component: (await import('../pages/sign-in-page.tsx')).SignInPage }) },
  { path: routes.signUp, lazy: async () => ({ Component: (await import('../pages/sign-up-page.tsx')).SignUpPage }) },
  {
    path: routes.forgotPassword,
    lazy: async () => ({ Component: (await import('../pages/forgot-password-page.tsx')).ForgotPasswordPage }),
  },
  { path: routes.alertMe, lazy: async () => ({ Component: (await import('../pages/alert-me-page.tsx')).AlertMePage }) },
  { path: routes.alerts, lazy: async () => ({ Component: (await import('../pages/alerts-page.tsx')).AlertsPage }) },
  {
    path: routes.unsubscribe,
    lazy: async () => ({ Component: (await import('../pages/unsubscribe-page.tsx')).UnsubscribePage }),
  },
  { path: routes.bot, lazy: async () => ({ Component: (await import('../pages/bot-page.tsx')).BotPage }) },
  { path: routes.outbox, lazy: async () => ({ Component: (await import('../pages/outbox-page.tsx')).OutboxPage }) },
  {
    path: routes.verifyTicket,
    lazy: async () => ({ Component: (await import('../pages/verify-ticket-page.tsx')).VerifyTicketPage }),
  },
  { path: '*', lazy: async () => ({ Component: (await import('../pages/not-found-page.tsx')).NotFoundPage }) },
]

export const router = createBrowserRouter([
  {
    Component: Layout,
    HydrateFallback: PageFallback,
    // A second boundary inside the layout keeps the header when only a page breaks.
    ErrorBoundary: RouteError,
    children: [{ ErrorBoundary: RouteError, children: pages }],
  },
])

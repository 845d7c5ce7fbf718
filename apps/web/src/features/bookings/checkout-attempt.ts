/**
 * One attempt to pay for these seats at this price has one key, kept for the tab: a double click, a retry after a lost
 * answer and a reload all ask for the same booking. Other seats, another price or an abandoned booking are another
 * attempt.
 */
export type CheckoutAttempt = { key: string; of: string; bookingId: string | null }

export interface AttemptStorage {
  getItem(name: string): string | null
  setItem(name: string, value: string): void
  removeItem(name: string): void
}

const name = (showtimeId: string) => `mq.checkout.${showtimeId}`
const orderName = (orderId: string) => `mq.order.${orderId}`
const LAST_ORDER = 'mq.order'
const payingName = (bookingId: string) => `mq.paying.${bookingId}`

export function attemptFor(
  storage: AttemptStorage,
  input: {
    showtimeId: string
    seatIds: readonly string[]
    totalMinor: number
    holdToken: string
    /** Of promo and voucher, as they are sent. */
    codes?: readonly string[]
  },
  newKey: () => string,
): CheckoutAttempt {
  const seats = [...input.seatIds].sort().join(' ')
  const of = [seats, input.totalMinor, input.holdToken.slice(0, 12), ...(input.codes ?? [])].join(' ')
  const known = read(storage, name(input.showtimeId))
  if (known?.of === of) return known
  const fresh = { key: newKey(), of, bookingId: null }
  write(storage, name(input.showtimeId), fresh)
  return fresh
}

/** With these answers the key stands for something that will not change: the next try is another attempt. */
const LAST_WORDS = new Set([
  'IDEMPOTENCY_KEY_REUSED',
  'SEATS_TAKEN',
  'PRICE_CHANGED',
  'HOLD_GONE',
  'PROMO_REFUSED',
  'VOUCHER_REFUSED',
])

/** Forgets the attempt when an answer with this error code has ended it. Anything else is worth the same key again. */
export function forgetEndedAttempt(storage: AttemptStorage, showtimeId: string, code: string): void {
  if (LAST_WORDS.has(code)) forgetAttempt(storage, showtimeId)
}

/** The gateway comes back with an order only; this finds its booking again, also when the payment failed. */
export function rememberOrder(storage: AttemptStorage, showtimeId: string, orderId: string, bookingId: string): void {
  const known = read(storage, name(showtimeId))
  if (known) write(storage, name(showtimeId), { ...known, bookingId })
  try {
    const value = JSON.stringify({ bookingId, showtimeId })
    storage.setItem(orderName(orderId), value)
    storage.setItem(LAST_ORDER, value)
    storage.setItem(payingName(bookingId), '1')
  } catch {
    // The bookings page finds it as well.
  }
}

/** @param orderId null when the guest came back without one: then the last that was started in this tab */
export function bookingOfOrder(
  storage: AttemptStorage,
  orderId: string | null,
): { bookingId: string; showtimeId: string } | null {
  try {
    const value: unknown = JSON.parse(storage.getItem(orderId === null ? LAST_ORDER : orderName(orderId)) ?? 'null')
    return typeof value === 'object' && value !== null && 'bookingId' in value && 'showtimeId' in value
      ? { bookingId: String(value.bookingId), showtimeId: String(value.showtimeId) }
      : null
  } catch {
    return null
  }
}

/** The payment page was opened for this booking in this tab: money may be on its way that nobody has told us of. */
export function mayHavePaid(storage: AttemptStorage, bookingId: string): boolean {
  try {
    return storage.getItem(payingName(bookingId)) !== null
  } catch {
    return false
  }
}

/** The booking that was started for this showtime in this tab and not given up since. */
export function knownBooking(storage: AttemptStorage, showtimeId: string): string | null {
  return read(storage, name(showtimeId))?.bookingId ?? null
}

export function forgetAttempt(storage: AttemptStorage, showtimeId: string): void {
  try {
    storage.removeItem(name(showtimeId))
  } catch {
    // Nothing was kept either.
  }
}

function read(storage: AttemptStorage, key: string): CheckoutAttempt | null {
  try {
    const value: unknown = JSON.parse(storage.getItem(key) ?? 'null')
    if (typeof value !== 'object' || value === null || !('key' in value) || !('of' in value)) return null
    const bookingId = 'bookingId' in value && typeof value.bookingId === 'string' ? value.bookingId : null
    return { key: String(value.key), of: String(value.of), bookingId }
  } catch {
    return null
  }
}

function write(storage: AttemptStorage, key: string, attempt: CheckoutAttempt): void {
  try {
    storage.setItem(key, JSON.stringify(attempt))
  } catch {
    // Without storage a reload is a new attempt; the claim on the seats still makes it one sale.
  }
}

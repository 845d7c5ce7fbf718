/**
 * The secret of a hold, kept for the tab: closing it forgets it, another tab is another guest. Storage that is full or
 * forbidden only means that a reload forgets the seats.
 */
const key = (showtimeId: string) => `mq.hold.${showtimeId}`

export function readHoldToken(showtimeId: string): string | null {
  try {
    return sessionStorage.getItem(key(showtimeId))
  } catch {
    return null
  }
}

export function keepHoldToken(showtimeId: string, token: string | null): void {
  try {
    if (token === null) sessionStorage.removeItem(key(showtimeId))
    else sessionStorage.setItem(key(showtimeId), token)
  } catch {
    // See above.
  }
}

/** 256 random bits in 43 characters, as contracts' HoldToken has it. */
export function newHoldToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

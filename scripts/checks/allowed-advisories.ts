export type AllowedAdvisory = {
  /** GHSA-… */
  id: string
  /** Why it does not touch us, and what is waited for. */
  reason: string
  /** The day from which it fails again, as YYYY-MM-DD: at most three months ahead. */
  until: string
}

/** Known advisories that are lived with for a while. Empty is the normal state. */
export const ALLOWED_ADVISORIES: AllowedAdvisory[] = []

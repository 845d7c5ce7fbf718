import type { OtpPurpose } from '@marquee/contracts/otp'
import type { OtpPurpose as StoredPurpose } from '../../generated/prisma/client.ts'

const STORED = {
  register: 'REGISTER',
  login: 'LOGIN',
  'reset-password': 'RESET_PASSWORD',
  'change-email': 'CHANGE_EMAIL',
  'change-phone': 'CHANGE_PHONE',
  'admin-request': 'ADMIN_REQUEST',
  alert: 'ALERT',
} as const satisfies Record<OtpPurpose, StoredPurpose>

/** The name of a purpose in the database. */
export const storedPurpose = (purpose: OtpPurpose): StoredPurpose => STORED[purpose]
/** …and back. */
export const purposeOf = (stored: StoredPurpose): OtpPurpose =>
  (Object.keys(STORED) as OtpPurpose[]).find((purpose) => STORED[purpose] === stored) ?? 'login'

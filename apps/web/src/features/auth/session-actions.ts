import type { ResetPasswordBody } from '@marquee/contracts/account'
import type { LoginBody, OtpLoginBody, RegisterBody, Session } from '@marquee/contracts/auth'
import { api } from '../../lib/api-client.ts'
import { PUBLIC, queryClient } from '../../lib/query-client.ts'
import { endSession, startSession } from '../../lib/session.ts'

/** Whatever the last person saw of theirs is not for the next one. */
function forgetPrivateData(): void {
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== PUBLIC })
}

async function open(path: string, body: LoginBody | OtpLoginBody | RegisterBody): Promise<void> {
  const { data } = await api.post<Session>(path, body, { skipRefresh: true })
  forgetPrivateData()
  startSession(data)
}

export const signIn = (body: LoginBody) => open('/api/auth/login', body)
export const signInByCode = (proof: string) => open('/api/auth/login/otp', { proof })
export const signUp = (body: RegisterBody) => open('/api/auth/register', body)

/** Every session of the account ends: also the one here, if it was of this account. */
export async function resetPassword(body: ResetPasswordBody): Promise<void> {
  await api.post('/api/auth/password/reset', body, { skipRefresh: true })
}

/** Signed out here in any case; throws when the API could not be told, because its cookie may then still be good. */
export async function signOut(): Promise<void> {
  try {
    await api.post('/api/auth/logout', undefined, { skipRefresh: true })
  } finally {
    endSession()
    forgetPrivateData()
  }
}

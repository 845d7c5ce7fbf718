import type { LoginBody, RegisterBody, Session } from '@marquee/contracts/auth'
import { api } from '../../lib/api-client.ts'
import { PUBLIC, queryClient } from '../../lib/query-client.ts'
import { endSession, startSession } from '../../lib/session.ts'

/** Whatever the last person saw of theirs is not for the next one. */
function forgetPrivateData(): void {
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== PUBLIC })
}

export async function signIn(body: LoginBody): Promise<void> {
  const { data } = await api.post<Session>('/api/auth/login', body, { skipRefresh: true })
  forgetPrivateData()
  startSession(data)
}

export async function signUp(body: RegisterBody): Promise<void> {
  const { data } = await api.post<Session>('/api/auth/register', body, { skipRefresh: true })
  forgetPrivateData()
  startSession(data)
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

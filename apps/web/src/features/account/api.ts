import type { ChangePasswordBody, DeleteAccountBody, ProfilePatch, SessionList } from '@marquee/contracts/account'
import type { AdminRequest, AdminRequestBody, AdminRequestList } from '@marquee/contracts/admin'
import type { Session, User } from '@marquee/contracts/auth'
import { api } from '../../lib/api-client.ts'
import { PUBLIC, queryClient } from '../../lib/query-client.ts'
import { endSession, startSession, useSession } from '../../lib/session.ts'

/** The header and every page follow. */
const follow = (user: User) => useSession.setState({ user })

export async function saveProfile(patch: ProfilePatch): Promise<User> {
  const { data } = await api.patch<User>('/api/account', patch)
  follow(data)
  return data
}

/** Every other session ends; this one goes on with a token of its own. */
export async function changePassword(body: ChangePasswordBody): Promise<void> {
  startSession((await api.put<Session>('/api/account/password', body)).data)
}

export async function changeContact(what: 'email' | 'phone', proof: string, password: string): Promise<void> {
  follow((await api.put<User>(`/api/account/${what}`, { proof, password })).data)
}

export async function listSessions(): Promise<SessionList> {
  return (await api.get<SessionList>('/api/account/sessions')).data
}

function leave(): void {
  endSession()
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== PUBLIC })
}

/** Here too: whoever has this device has it no longer. */
export async function signOutEverywhere(): Promise<void> {
  await api.post('/api/account/sessions/end-all', {})
  leave()
}

export async function endOneSession(sessionId: string): Promise<void> {
  await api.delete(`/api/account/sessions/${encodeURIComponent(sessionId)}`)
}

export async function exportData(): Promise<Blob> {
  return (await api.get<Blob>('/api/account/export', { responseType: 'blob', timeout: 60_000 })).data
}

export async function deleteAccount(body: DeleteAccountBody): Promise<void> {
  await api.post('/api/account/delete', body)
  leave()
}

export async function applyAsCinema(body: AdminRequestBody): Promise<AdminRequest> {
  return (await api.post<AdminRequest>('/api/admin-requests', body)).data
}

/** One's own latest request to run cinemas, or null. */
export async function getLastApplication(): Promise<AdminRequest | null> {
  return (await api.get<AdminRequestList>('/api/admin-requests', { params: { limit: 1 } })).data.items[0] ?? null
}

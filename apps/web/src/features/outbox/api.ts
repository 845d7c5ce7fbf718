import type { DevCall } from '@marquee/contracts/carrier'
import { api } from '../../lib/api-client.ts'

export type CallAct = 'answer' | 'decline' | 'hang-up' | { key: string }

const enc = encodeURIComponent

/** What whoever holds the phone does. @throws ApiError CONFLICT when the call is not at that point */
export async function actOnCall(id: string, act: CallAct): Promise<DevCall> {
  const path = `/api/dev/calls/${enc(id)}`
  if (typeof act === 'object') return (await api.post<DevCall>(`${path}/press`, act)).data
  return (await api.post<DevCall>(`${path}/${act}`)).data
}

export async function replyToText(id: string, text: string): Promise<void> {
  await api.post(`/api/dev/texts/${enc(id)}/reply`, { text })
}

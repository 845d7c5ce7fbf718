import type {
  AdminDecisionBody,
  AdminRequest,
  AdminRequestList,
  AdminTheatreList,
  AuditList,
  ChangeRoleBody,
  CreateAdminBody,
  UserList,
  UserRow,
} from '@marquee/contracts/admin'
import type {
  CancellationImpact,
  CancellationPolicyBody,
  CancelShowtimeBody,
  ShowtimeCancelled,
} from '@marquee/contracts/cancellations'
import type { NewVoucher, Promo, PromoBody, PromoList, PromoPatch, VoucherBody } from '@marquee/contracts/offers'
import type { CancelledShowtimes, TheatreDay } from '@marquee/contracts/showtimes'
import type { Theatre } from '@marquee/contracts/theatres'
import { api } from '../../lib/api-client.ts'

export const PER_PAGE = 25
type Page = { page: number }

async function list<T>(path: string, { page, ...filters }: Page): Promise<T> {
  const params = { ...filters, limit: PER_PAGE, offset: (page - 1) * PER_PAGE }
  return (await api.get<T>(path, { params })).data
}
const enc = encodeURIComponent

export const listRequests = (query: Page & { state?: string }) => list<AdminRequestList>('/api/admin/requests', query)
export const listUsers = (query: Page & { q?: string; role?: string }) => list<UserList>('/api/admin/users', query)
export const listAudit = (query: Page & { action?: string; subjectId?: string }) =>
  list<AuditList>('/api/admin/audit', query)
export const listPromos = (query: Page) => list<PromoList>('/api/admin/promos', query)

/** Those that the asker runs; a hundred are more than anybody does. */
export async function listTheatres(): Promise<AdminTheatreList['items']> {
  return (await api.get<AdminTheatreList>('/api/admin/theatres', { params: { limit: 100 } })).data.items
}

export async function decideRequest(id: string, body: AdminDecisionBody): Promise<AdminRequest> {
  return (await api.post<AdminRequest>(`/api/admin/requests/${enc(id)}/decision`, body)).data
}

export async function changeRole(id: string, body: ChangeRoleBody): Promise<UserRow> {
  return (await api.put<UserRow>(`/api/admin/users/${enc(id)}/role`, body)).data
}

export async function createAdmin(body: CreateAdminBody): Promise<UserRow> {
  return (await api.post<UserRow>('/api/admin/users', body)).data
}

export async function issueVoucher(body: VoucherBody): Promise<NewVoucher> {
  return (await api.post<NewVoucher>('/api/admin/vouchers', body)).data
}

export async function createPromo(body: PromoBody): Promise<Promo> {
  return (await api.post<Promo>('/api/admin/promos', body)).data
}

export async function changePromo(id: string, body: PromoPatch): Promise<Promo> {
  return (await api.patch<Promo>(`/api/admin/promos/${enc(id)}`, body)).data
}

export type AdminDay = TheatreDay & { timeZone: string; cancelled: CancelledShowtimes['items'] }

/** One day of a cinema, what it took off its programme too, and the zone of its clock. */
export async function getTheatreDay(theatreId: string, date: string | null): Promise<AdminDay> {
  const at = `/api/theatres/${enc(theatreId)}`
  const [day, theatre] = await Promise.all([
    api.get<TheatreDay>(`${at}/showtimes`, { params: date ? { date } : {} }),
    api.get<Theatre>(at),
  ])
  const gone = await api.get<CancelledShowtimes>(`/api/admin/theatres/${enc(theatreId)}/cancelled-showtimes`, {
    params: { date: day.data.date },
  })
  return { ...day.data, timeZone: theatre.data.city.timeZone, cancelled: gone.data.items }
}

export async function cancelShowtime(id: string, body: CancelShowtimeBody): Promise<ShowtimeCancelled> {
  return (await api.post<ShowtimeCancelled>(`/api/admin/showtimes/${enc(id)}/cancel`, body, { timeout: 60_000 })).data
}

export async function getCancellationImpact(id: string): Promise<CancellationImpact> {
  return (await api.get<CancellationImpact>(`/api/admin/showtimes/${enc(id)}/cancellation-impact`)).data
}

export async function setCancellationPolicy(
  theatreId: string,
  body: CancellationPolicyBody,
): Promise<CancellationPolicyBody> {
  return (await api.put<CancellationPolicyBody>(`/api/admin/theatres/${enc(theatreId)}/cancellation-policy`, body)).data
}

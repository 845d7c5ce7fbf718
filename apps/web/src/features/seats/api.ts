import type { BestSeats, OrphanCheck, ReleasedSeats, SeatHold, SeatLayout, SeatMap } from '@marquee/contracts/seats'
import type { Showtime } from '@marquee/contracts/showtimes'
import { api } from '../../lib/api-client.ts'
import { getPublic } from '../../lib/public-api.ts'

type Token = SeatHold['holdToken']

const at = (showtimeId: string, path = '') => `/api/showtimes/${encodeURIComponent(showtimeId)}${path}`
const withToken = (token: Token | null) => (token ? { headers: { 'x-hold-token': token } } : {})

export const getShowtime = (showtimeId: string) => getPublic<Showtime>(at(showtimeId))

export const getSeatLayout = (layoutId: string) =>
  getPublic<SeatLayout>(`/api/seat-layouts/${encodeURIComponent(layoutId)}`)

/** @returns null for "not modified" */
export async function getSeatMap(showtimeId: string, etag: string | null): Promise<SeatMap | null> {
  const response = await api.get<SeatMap>(at(showtimeId, '/seat-map'), {
    headers: etag ? { 'if-none-match': etag } : { 'cache-control': 'no-cache' },
    validateStatus: (status) => status === 304 || (status >= 200 && status < 300),
    timeout: 8_000,
  })
  return response.status === 304 ? null : response.data
}

export async function getHold(showtimeId: string, token: Token): Promise<SeatHold> {
  return (await api.get<SeatHold>(at(showtimeId, '/holds'), withToken(token))).data
}

export async function holdSeats(showtimeId: string, seatIds: string[], token: Token): Promise<SeatHold> {
  return (await api.post<SeatHold>(at(showtimeId, '/holds'), { seatIds }, withToken(token))).data
}

export async function releaseSeats(
  showtimeId: string,
  seatIds: string[] | undefined,
  token: Token,
): Promise<ReleasedSeats> {
  const body = seatIds ? { seatIds } : {}
  return (await api.delete<ReleasedSeats>(at(showtimeId, '/holds'), { ...withToken(token), data: body })).data
}

export async function extendHold(showtimeId: string, token: Token): Promise<SeatHold> {
  return (await api.post<SeatHold>(at(showtimeId, '/holds/extend'), {}, withToken(token))).data
}

export async function bestSeats(showtimeId: string, count: number, section: string | null): Promise<BestSeats> {
  const params = section ? { count, section } : { count }
  return (await api.get<BestSeats>(at(showtimeId, '/best-seats'), { params })).data
}

export async function checkSeats(showtimeId: string, seatIds: string[]): Promise<OrphanCheck> {
  return (await api.post<OrphanCheck>(at(showtimeId, '/seats/check'), { seatIds })).data
}

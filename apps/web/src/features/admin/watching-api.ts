import type {
  DeadJobList,
  DeliveryList,
  DeliveryRow,
  ForecastList,
  ObservationList,
  OpeningList,
  OpeningRow,
  SourceList,
  SourceRow,
  UpdateSourceBody,
  WatchList,
  WatchRow,
} from '@marquee/contracts/listings'
import { api } from '../../lib/api-client.ts'
import { PER_PAGE } from './api.ts'

type Filters = Record<string, string | undefined>
const enc = encodeURIComponent

async function page<T>(path: string, number: number, filters: Filters = {}): Promise<T> {
  const params = { ...filters, limit: PER_PAGE, offset: (number - 1) * PER_PAGE }
  return (await api.get<T>(`/api/admin/${path}`, { params })).data
}

export const listSources = async () => (await api.get<SourceList>('/api/admin/sources')).data
export const listWatches = (number: number, filters: Filters) => page<WatchList>('watches', number, filters)
export const listObservations = (watchId: string, number: number) =>
  page<ObservationList>(`watches/${enc(watchId)}/observations`, number)
export const listOpenings = (number: number, filters: Filters) => page<OpeningList>('openings', number, filters)
export const listDeliveries = (number: number, filters: Filters) => page<DeliveryList>('deliveries', number, filters)
export const listDeadJobs = (number: number) => page<DeadJobList>('dead-jobs', number)

export async function getForecasts(city: string): Promise<ForecastList> {
  return (await api.get<ForecastList>('/api/admin/forecasts', { params: { city } })).data
}

export async function updateSource(id: string, body: UpdateSourceBody): Promise<SourceRow> {
  return (await api.patch<SourceRow>(`/api/admin/sources/${enc(id)}`, body)).data
}

/** The kill switch, and back. Nothing of a frozen source is told to anybody. */
export async function freezeSource(id: string, act: 'freeze' | 'thaw', reason: string): Promise<SourceRow> {
  return (await api.post<SourceRow>(`/api/admin/sources/${enc(id)}/${act}`, { reason })).data
}

export async function lookNow(watchId: string): Promise<WatchRow> {
  return (await api.post<WatchRow>(`/api/admin/watches/${enc(watchId)}/look`)).data
}

export async function decideOpening(id: string, act: 'release' | 'dismiss'): Promise<OpeningRow> {
  return (await api.post<OpeningRow>(`/api/admin/openings/${enc(id)}/${act}`)).data
}

export async function retryDelivery(id: string): Promise<DeliveryRow> {
  return (await api.post<DeliveryRow>(`/api/admin/deliveries/${enc(id)}/retry`)).data
}

export async function retryDeadJob(queue: string, id: string): Promise<void> {
  await api.post(`/api/admin/dead-jobs/${enc(queue)}/${enc(id)}/retry`)
}

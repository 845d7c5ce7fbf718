import type {
  AlertChannel,
  AlertCreated,
  AlertFilm,
  AlertFilmList,
  AlertList,
  AlertOptions,
  AlertView,
  CreateAlertBody,
  UpdateAlertBody,
} from '@marquee/contracts/alerts'
import { api } from '../../lib/api-client.ts'
import { getPublic } from '../../lib/public-api.ts'
import { tokenHeader } from './alert-token.ts'

const PER_REQUEST = 100
/** More than any city lists; past it something is wrong, and asking on would not end. */
const MOST_FILMS = 1_000
/** Above what one person may wait for, so that the list has no pages. */
const WHOLE_LIST = 50

/** The whole list of a city: the form then answers every letter at once. */
export async function listFilms(city: string, signal: AbortSignal): Promise<AlertFilm[]> {
  const films: AlertFilm[] = []
  for (;;) {
    const query = { city, limit: PER_REQUEST, offset: films.length }
    const { items, total } = await getPublic<AlertFilmList>('/api/alerts/films', query, signal)
    films.push(...items)
    if (items.length === 0 || films.length >= Math.min(total, MOST_FILMS)) return films
  }
}

export const getOptions = (city: string, signal: AbortSignal) =>
  getPublic<AlertOptions>('/api/alerts/options', { city }, signal)

/** `renewed`: the same person waited for the same film already, and the settings are the new ones. */
export async function createAlert(body: CreateAlertBody): Promise<AlertCreated & { renewed: boolean }> {
  const { data, status } = await api.post<AlertCreated>('/api/alerts', body, { headers: tokenHeader() })
  return { ...data, renewed: status === 200 }
}

export async function listAlerts(signal: AbortSignal): Promise<AlertView[]> {
  const params = { limit: WHOLE_LIST }
  return (await api.get<AlertList>('/api/alerts', { params, headers: tokenHeader(), signal })).data.items
}

const path = (alertId: string, what = '') => `/api/alerts/${encodeURIComponent(alertId)}${what}`

export async function updateAlert(alertId: string, body: UpdateAlertBody): Promise<AlertView> {
  return (await api.patch<AlertView>(path(alertId), body, { headers: tokenHeader() })).data
}

export type AlertMove = 'pause' | 'resume' | 'rearm' | 'acknowledge'

export async function moveAlert(alertId: string, move: AlertMove): Promise<void> {
  await api.post(path(alertId, `/${move}`), {}, { headers: tokenHeader() })
}

export async function snoozeAlert(alertId: string, minutes: number): Promise<void> {
  await api.post(path(alertId, '/snooze'), { minutes }, { headers: tokenHeader() })
}

export async function deleteAlert(alertId: string): Promise<void> {
  await api.delete(path(alertId), { headers: tokenHeader() })
}

/** All of them, and the numbers and addresses behind them. */
export async function deleteAllAlerts(): Promise<void> {
  await api.delete('/api/alerts', { headers: tokenHeader() })
}

/** @returns what became of it, in words */
export async function testAlert(alertId: string, channel: AlertChannel): Promise<string> {
  const { data } = await api.post<{ outcome: string }>(path(alertId, '/test'), { channel }, { headers: tokenHeader() })
  return data.outcome
}

/** What the link would stop, and where: opening it changes nothing. */
export const whatToStop = (token: string, signal: AbortSignal) =>
  getPublic<{ channel: AlertChannel; sentTo: string }>('/api/alerts/unsubscribe/whose', { t: token }, signal)

export async function unsubscribe(token: string): Promise<{ channel: AlertChannel; sentTo: string }> {
  const { data } = await api.post<{ channel: AlertChannel; sentTo: string }>('/api/alerts/unsubscribe', undefined, {
    params: { t: token },
  })
  return data
}

import type { Session } from '@marquee/contracts/auth'
import axios, { type AxiosError, type AxiosInstance, type InternalAxiosRequestConfig } from 'axios'
import { API_BASE, REQUEST_TIMEOUT_MS } from './api-base.ts'
import { ApiError, fromResponse } from './api-error.ts'
import { endSession, passwordChangeRequired, startSession, useSession } from './session.ts'

declare module 'axios' {
  interface AxiosRequestConfig {
    /** Answer a 401 as it is: the request is about signing in, or was already sent twice. */
    skipRefresh?: boolean
  }
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (!axios.isAxiosError(error)) return new ApiError({ code: 'INTERNAL' })
  const failure: AxiosError = error
  if (failure.response) return fromResponse(failure.response.status, failure.response.data)
  if (failure.code === 'ERR_CANCELED') return new ApiError({ code: 'ABORTED' })
  if (failure.code === 'ECONNABORTED' || failure.code === 'ETIMEDOUT') return new ApiError({ code: 'TIMEOUT' })
  return new ApiError({ code: 'OFFLINE' })
}

/** Every call that is about a person goes through one of these. Paths are written whole: `/api/bookings`. */
export function createApiClient(base: string): { api: AxiosInstance; refreshSession: () => Promise<boolean> } {
  const api = axios.create({
    baseURL: base,
    timeout: REQUEST_TIMEOUT_MS,
    // The refresh cookie must travel when the API lives on another host.
    withCredentials: true,
    headers: { accept: 'application/json' },
    // `city=a&city=b`, and nothing for what was not chosen.
    paramsSerializer: { indexes: null },
  })

  let refreshing: Promise<boolean> | null = null

  /** One refresh at a time, shared by every request that met a 401: a rotated cookie works only once. */
  function refreshSession(): Promise<boolean> {
    refreshing ??= api
      .post<Session>('/api/auth/refresh', undefined, { skipRefresh: true })
      .then(({ data }) => {
        startSession(data)
        return true
      })
      .catch((error: unknown) => {
        // Only a clear "no" signs out. Offline or a broken server keeps whatever session there is.
        const refused = error instanceof ApiError && (error.status === 401 || error.status === 403)
        if (refused) endSession()
        else if (!useSession.getState().accessToken) useSession.setState({ status: 'signed-out' })
        return false
      })
      .finally(() => {
        refreshing = null
      })
    return refreshing
  }

  api.interceptors.request.use((config: InternalAxiosRequestConfig) => {
    const token = useSession.getState().accessToken
    if (token && !config.headers.has('authorization')) config.headers.set('authorization', `Bearer ${token}`)
    return config
  })

  api.interceptors.response.use(undefined, async (error: unknown) => {
    const config = axios.isAxiosError(error) ? error.config : undefined
    const status = axios.isAxiosError(error) ? error.response?.status : undefined
    const sent = config?.headers.get('authorization')
    if (status === 401 && config && sent && !config.skipRefresh) {
      const token = useSession.getState().accessToken
      // Somebody else may have refreshed while this one was under way.
      const renewed = (token !== null && sent !== `Bearer ${token}`) || (await refreshSession())
      if (renewed) {
        config.headers.delete('authorization')
        return api.request({ ...config, skipRefresh: true })
      }
    }
    const failure = toApiError(error)
    if (failure.code === 'PASSWORD_CHANGE_REQUIRED') passwordChangeRequired()
    throw failure
  })

  return { api, refreshSession }
}

export const { api, refreshSession } = createApiClient(API_BASE)

import { API_BASE, REQUEST_TIMEOUT_MS } from './api-base.ts'
import { ApiError, fromResponse } from './api-error.ts'

type Params = Record<string, string | number | undefined>

/**
 * Reads what is the same for everybody. It carries no token and no cookie, so that caches on the way may answer it and
 * another origin needs no preflight; and it keeps the session-bearing client, with its library, off the first page.
 * Throws ApiError.
 */
export async function getPublic<T>(path: string, params: Params = {}, signal?: AbortSignal): Promise<T> {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== '') query.set(name, String(value))
  }
  const text = query.toString()
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
  let response: Response
  let body: unknown
  try {
    response = await fetch(`${API_BASE}${path}${text ? `?${text}` : ''}`, {
      headers: { accept: 'application/json' },
      credentials: 'omit',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    body = response.headers.get('content-type')?.includes('json') ? await response.json() : undefined
  } catch {
    if (signal?.aborted) throw new ApiError({ code: 'ABORTED' })
    throw new ApiError({ code: timeout.aborted ? 'TIMEOUT' : 'OFFLINE' })
  }
  // A page where data was expected is a proxy or a wrong base address answering, not Marquee.
  if (!response.ok || body === undefined) throw fromResponse(response.ok ? 502 : response.status, body)
  return body as T
}

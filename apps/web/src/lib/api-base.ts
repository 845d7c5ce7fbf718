/**
 * Base for requests whose paths start with `/api/`. Deployments set VITE_API_BASE with or without `/api` at its end,
 * and some with both, so every trailing `/api` is taken off.
 */
export function apiBase(raw: string | undefined): string {
  let base = (raw ?? '').trim().replace(/\/+$/, '')
  while (base.endsWith('/api')) base = base.slice(0, -4).replace(/\/+$/, '')
  return base
}

export const API_BASE = apiBase(import.meta.env?.VITE_API_BASE)
export const REQUEST_TIMEOUT_MS = 15_000

import { create } from 'zustand'

const KEY = 'mq.alert-token'

/** For this tab alone: whoever has the link may change the alerts, so nothing that outlives the tab keeps it. */
function stored(): string | null {
  try {
    return sessionStorage.getItem(KEY)
  } catch {
    return null
  }
}

/** The signed link by which a guest is known. Null for everybody else. */
export const useAlertToken = create<{ token: string | null; left: boolean }>()(() => ({
  token: stored(),
  /** The last alert was deleted here: the link went with it, and that is no error. */
  left: false,
}))

export function keepAlertToken(token: string | null): void {
  try {
    if (token) sessionStorage.setItem(KEY, token)
    else sessionStorage.removeItem(KEY)
  } catch {
    // Without storage it lives as long as the page.
  }
  useAlertToken.setState({ token, left: false })
}

export function leaveAlerts(): void {
  keepAlertToken(null)
  useAlertToken.setState({ left: true })
}

/** What every request about one's alerts carries. */
export function tokenHeader(): Record<string, string> {
  const { token } = useAlertToken.getState()
  return token ? { 'x-alert-token': token } : {}
}

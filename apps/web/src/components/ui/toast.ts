import { create } from 'zustand'

interface ToastOptions {
  /** A longer second line. */
  description?: string
  tone?: 'info' | 'ok' | 'danger'
  /** Toasts of one id replace each other. */
  id?: string
  action?: { label: string; onPress: () => void }
  /** Milliseconds; errors that matter may stay longer than the usual five seconds. */
  durationMs?: number
}

/** The library is fetched with the first toast: nobody waits for it on the first page. */
export const useToaster = create<{ wanted: boolean }>()(() => ({ wanted: false }))

let markMounted: () => void
const mounted = new Promise<void>((resolve) => {
  markMounted = resolve
})

/** Called by the host once it listens; a toast sent earlier would be lost. */
export function toasterMounted(): void {
  markMounted()
}

/** Says something briefly, politely to screen readers. Never the only place where an error is told. */
export async function toast(
  message: string,
  { tone = 'info', action, durationMs, ...rest }: ToastOptions = {},
): Promise<void> {
  useToaster.setState({ wanted: true })
  const [{ toast: show }] = await Promise.all([import('sonner'), mounted])
  const say = tone === 'ok' ? show.success : tone === 'danger' ? show.error : show
  say(message, {
    ...rest,
    ...(durationMs === undefined ? {} : { duration: durationMs }),
    ...(action ? { action: { label: action.label, onClick: action.onPress } } : {}),
  })
}

/** Takes back what is answered elsewhere. Nothing to do where nothing was said. */
export async function dismissToast(id: string): Promise<void> {
  if (!useToaster.getState().wanted) return
  const { toast: show } = await import('sonner')
  show.dismiss(id)
}

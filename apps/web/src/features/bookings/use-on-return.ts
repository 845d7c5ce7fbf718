import { useEffect, useEffectEvent } from 'react'

/**
 * Runs when the page comes back from the browser's own memory, as it does with "back" from the payment page: it is then
 * exactly as it was left, a button that was waiting still waits.
 */
export function useOnReturn(act: () => void): void {
  const onReturn = useEffectEvent(act)
  useEffect(() => {
    const shown = (event: PageTransitionEvent) => {
      if (event.persisted) onReturn()
    }
    window.addEventListener('pageshow', shown)
    return () => window.removeEventListener('pageshow', shown)
  }, [])
}

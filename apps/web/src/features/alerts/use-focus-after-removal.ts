import { type RefObject, useEffect, useRef } from 'react'

/**
 * Whoever deletes a card by the keyboard goes on where it was, not at the top of the page: at the card that took its
 * place, or at `otherwise` when it was the last.
 */
export function useFocusAfterRemoval(
  ids: readonly string[] | undefined,
  list: RefObject<HTMLElement | null>,
  otherwise: RefObject<HTMLElement | null>,
): void {
  const before = useRef<readonly string[]>([])
  // With the last alert the right to the list ends, and with it the list.
  const now = ids?.join(' ') ?? ''
  useEffect(() => {
    const left = now === '' ? [] : now.split(' ')
    const gone = before.current.findIndex((id) => !left.includes(id))
    before.current = left
    if (gone === -1) return
    // The dialog that asked gives the focus back first, to a button that is no longer there.
    const timer = setTimeout(() => {
      if (document.activeElement !== document.body) return
      const next =
        list.current?.children[Math.min(gone, left.length - 1)]?.querySelector<HTMLElement>('[tabindex="-1"]')
      ;(next ?? otherwise.current)?.focus({ preventScroll: true })
    })
    return () => clearTimeout(timer)
  }, [now, list, otherwise])
}

import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { SeatsStore } from '../store.ts'

/** A break of a moment is nobody's business. */
const PATIENCE_MS = 2_500

/** Says when the map may be behind, and nothing while it is live. */
export function ConnectionNote({ store }: { store: SeatsStore }) {
  const connection = useStore(store, (state) => state.connection)
  const degraded = useStore(store, (state) => state.map.degraded)
  const known = useStore(store, (state) => state.map.epoch !== null)
  const away = connection !== 'open' && connection !== 'closed'
  const [longAway, setLongAway] = useState(false)
  useEffect(() => {
    if (!away) return
    const timer = setTimeout(() => setLongAway(true), PATIENCE_MS)
    return () => {
      clearTimeout(timer)
      setLongAway(false)
    }
  }, [away])
  const text = !known
    ? null
    : connection === 'offline'
      ? 'You are offline. The seats you see may have changed.'
      : away && longAway
        ? 'Reconnecting… seats are refreshed every few seconds meanwhile.'
        : degraded
          ? 'Live updates are slow right now. Your seats are still checked before anything is charged.'
          : null
  return (
    <p role="status" className="min-h-0 text-center text-14 text-muted">
      {text && (
        <span className="inline-flex items-center gap-2 py-1">
          <span aria-hidden="true" className="size-2 rounded-full border-2 border-velvet" />
          {text}
        </span>
      )}
    </p>
  )
}

import { useEffect, useState } from 'react'

/**
 * Milliseconds left by the server's clock, ticking once a second on the second. Never negative.
 * @param offset what to add to this machine's clock to get the server's
 */
export function useRemaining(expiresAt: string | null, offset: number): number {
  const left = () => (expiresAt === null ? 0 : Date.parse(expiresAt) - (Date.now() + offset))
  const [remaining, setRemaining] = useState(left)
  useEffect(() => {
    if (expiresAt === null) return
    let timer: ReturnType<typeof setTimeout>
    const tick = () => {
      const now = Date.parse(expiresAt) - (Date.now() + offset)
      setRemaining(now)
      if (now > 0) timer = setTimeout(tick, (now % 1000) + 15)
    }
    tick()
    return () => clearTimeout(timer)
  }, [expiresAt, offset])
  return Math.max(0, remaining)
}

import { useEffect, useState } from 'react'

/** Epoch milliseconds, every second, while somebody needs them. */
export function useSeconds(running: boolean): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!running) return
    const tell = () => setNow(Date.now())
    // At once too: the last one may be long ago.
    const first = setTimeout(tell)
    const timer = setInterval(tell, 1000)
    return () => {
      clearTimeout(first)
      clearInterval(timer)
    }
  }, [running])
  return now
}

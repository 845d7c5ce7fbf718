import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'react-router'

/** Long enough for the new page to set its title. */
const SETTLE_MS = 150

/** After a change of page: focus starts at the content, and the page's title is read out. Filters in the query keep focus. */
export function RouteAnnouncer() {
  const { pathname } = useLocation()
  const seen = useRef(pathname)
  const [message, setMessage] = useState('')
  useEffect(() => {
    if (seen.current === pathname) return
    seen.current = pathname
    const main = document.getElementById('main')
    // A page that put the focus somewhere itself, into its search field for example, knows better.
    const taken = document.activeElement !== main && main?.contains(document.activeElement)
    if (!taken) main?.focus({ preventScroll: true })
    const timer = setTimeout(() => setMessage(document.title), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [pathname])
  return (
    <p aria-live="polite" aria-atomic="true" className="sr-only">
      {message}
    </p>
  )
}

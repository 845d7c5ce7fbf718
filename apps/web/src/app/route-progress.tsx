import { useNavigation } from 'react-router'

/** A line at the top while the next page's code is fetched. It appears late, so that a quick change shows nothing. */
export function RouteProgress() {
  const { state } = useNavigation()
  if (state === 'idle') return null
  return (
    <div aria-hidden="true" className="fixed inset-x-0 top-0 z-60 h-0.5 overflow-hidden">
      <div className="h-full origin-left animate-[progress_4s_var(--ease-out)_150ms_both] bg-marquee" />
    </div>
  )
}

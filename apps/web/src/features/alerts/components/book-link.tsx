import { clsx } from 'clsx'
import { ExternalLink } from 'lucide-react'
import { buttonStyles } from '../../../components/ui/button.tsx'
import { LinkButton } from '../../../components/ui/link-button.tsx'
import { paths } from '../../../lib/paths.ts'

/** To where it can be booked: a page of ours, or the cinema's own site in a tab of its own. */
export function BookLink({
  name,
  url,
  movieSlug,
  primary = false,
}: {
  name: string
  url: string | null
  movieSlug: string | null
  primary?: boolean
}) {
  const variant = primary ? 'primary' : 'secondary'
  const to = ownPath(url) ?? (url === null && movieSlug ? paths.film(movieSlug) : null)
  if (to) {
    return (
      <LinkButton to={to} variant={variant} size={primary ? 'lg' : 'md'}>
        Book at {name}
      </LinkButton>
    )
  }
  if (!url || !/^https?:/.test(url)) return <p className="text-muted">At {name}.</p>
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer"
      className={clsx(buttonStyles({ variant, size: primary ? 'lg' : 'md' }), 'text-center')}
    >
      Book at {name}
      <ExternalLink aria-hidden="true" className="size-4 shrink-0" />
      <span className="sr-only"> (opens a new tab)</span>
    </a>
  )
}

/** At our address, but no page of this application: the cinema that development copies watch, for one. */
const NOT_PAGES = /^\/(?:api|dev|docs)\//

function ownPath(url: string | null): string | null {
  try {
    const parsed = new URL(url ?? '')
    const ours = parsed.origin === window.location.origin && !NOT_PAGES.test(parsed.pathname)
    return ours ? parsed.pathname + parsed.search : null
  } catch {
    return null
  }
}

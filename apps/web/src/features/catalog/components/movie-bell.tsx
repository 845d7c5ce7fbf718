import { LinkButton } from '../../../components/ui/link-button.tsx'
import { paths } from '../../../lib/paths.ts'

/** The way to be called: what a film has that cannot be booked yet. Small, because the first page carries it. */
export function MovieBell({ slug, title }: { slug: string; title: string }) {
  return (
    <LinkButton to={paths.alertMe({ film: slug })} size="sm" className="mt-2.5 min-h-11 self-start">
      <BellIcon />
      Alert me
      <span className="sr-only"> when {title} opens</span>
    </LinkButton>
  )
}

export function BellIcon() {
  return (
    <svg
      viewBox="0 0 24 24"
      width={18}
      height={18}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      aria-hidden="true"
    >
      <path d="M6 16.5V11a6 6 0 1 1 12 0v5.5l2 2H4zM10 21h4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}

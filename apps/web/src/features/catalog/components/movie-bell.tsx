import { Link } from 'react-router'
import { paths } from '../../../lib/paths.ts'

/** The way to be called: what a film has that cannot be booked yet. Small, because the first page carries it. */
export function MovieBell({ slug, title }: { slug: string; title: string }) {
  return (
    <Link
      to={paths.alertMe({ film: slug })}
      className="mt-2.5 inline-flex min-h-11 items-center gap-2 self-start rounded-control border border-control px-3 font-semibold text-14 text-text transition-colors duration-150 hover:border-text"
    >
      <BellIcon />
      Alert me
      <span className="sr-only"> when {title} opens</span>
    </Link>
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

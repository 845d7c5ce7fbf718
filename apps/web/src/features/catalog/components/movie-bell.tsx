import { BellIcon } from '../../../components/bell-icon.tsx'
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

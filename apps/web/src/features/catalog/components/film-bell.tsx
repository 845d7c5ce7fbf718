import type { MovieShowtimes } from '@marquee/contracts/showtimes'
import { BellIcon } from '../../../components/bell-icon.tsx'
import { LinkButton } from '../../../components/ui/link-button.tsx'
import { paths } from '../../../lib/paths.ts'

type City = Pick<MovieShowtimes['city'], 'slug' | 'name'>

/** The main action of a film that nobody sells here yet. */
export function FilmBell({ slug, city }: { slug: string; city: City }) {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2.5">
      <LinkButton
        to={paths.alertMe({ film: slug, city: city.slug })}
        variant="primary"
        size="lg"
        className="max-sm:w-full"
      >
        <BellIcon />
        Call me when it opens
      </LinkButton>
      <p className="min-w-0 text-14 text-muted">
        By phone, text or mail, the moment the first seat in {city.name} can be booked.
      </p>
    </div>
  )
}

/** For a film that is on sale, but not for the day somebody needs. */
export function MoreDaysBell({ slug, city }: { slug: string; city: City }) {
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 pt-6 text-14 text-muted">
      Not your date, or sold out?
      <LinkButton
        to={paths.alertMe({ film: slug, city: city.slug })}
        variant="accent"
        size="sm"
        className="min-h-11 max-sm:-ml-3"
      >
        <BellIcon />
        Be told when more opens
      </LinkButton>
    </p>
  )
}

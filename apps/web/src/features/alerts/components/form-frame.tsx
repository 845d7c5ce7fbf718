import type { AlertOptions } from '@marquee/contracts/alerts'
import type { City } from '@marquee/contracts/cities'
import { Bell } from 'lucide-react'
import type { ReactNode } from 'react'
import { Poster } from '../../../components/ui/poster.tsx'
import { formatDateLong, zoneName } from '../../../lib/format.ts'
import { type AlertDraft, filtersOf, needsEmail, needsPhone } from '../alert-draft.ts'
import { listed, showingsWords } from '../alert-words.ts'
import { FormHeading } from './form-heading.tsx'

interface FormFrameProps {
  draft: AlertDraft
  options: AlertOptions
  city: City
  today: string
  now: number
  children: ReactNode
}

/** The form, and beside it on a desktop what it will do, as it is being filled in. */
export function FormFrame({ draft, options, city, today, now, children }: FormFrameProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-16 gap-y-8 lg:grid-cols-[minmax(0,36rem)_minmax(0,1fr)]">
      <div className="min-w-0">
        <FormHeading />
        {children}
      </div>
      <aside aria-label="What this alert will do" className="self-start lg:sticky lg:top-26 max-lg:hidden">
        <Preview draft={draft} options={options} city={city} today={today} now={now} />
      </aside>
    </div>
  )
}

function Preview({ draft, options, city, today, now }: Omit<FormFrameProps, 'children'>) {
  const { film } = draft
  if (!film) {
    return (
      <div className="rounded-card border border-line border-dashed p-8 text-muted">
        <Bell aria-hidden="true" className="mb-4 size-7 text-marquee-text" />
        <p className="max-w-[36ch]">
          Choose a film, and you see here what we watch for you, and how you will hear of it.
        </p>
      </div>
    )
  }
  const theatres = options.theatres.filter(({ id }) => draft.theatreIds.includes(id))
  const narrowed = showingsWords({ filters: filtersOf(draft), theatres }, today)
  const zone = zoneName(new Date(now).toISOString(), city.timeZone)
  const onSale = film.onSaleAt.length > 0
  return (
    <div className="flex max-w-md gap-6 rounded-card border border-line bg-raised p-6">
      <div className="w-28 shrink-0">
        <Poster title={film.title} poster={film.poster} colour={film.posterColour} sizes="112px" />
      </div>
      <div className="min-w-0">
        <h2 className="text-20">{film.title}</h2>
        <p className="mt-1 text-14 text-muted">
          {city.name}
          {film.releaseDate && film.releaseDate > today && `, from ${formatDateLong(film.releaseDate)}`}
        </p>
        <dl className="mt-5 flex flex-col gap-3.5 text-14">
          <Fact name="Watched">
            {film.sources.length > 0 ? listed(film.sources.map(({ name }) => name)) : 'The lists of all our sources'}
          </Fact>
          <Fact name="For">{narrowed ?? 'Any showing'}</Fact>
          {onSale ? (
            <Fact name="On sale already">
              At {listed(film.onSaleAt)}. You are told only of what is not open yet: say which days or cinemas you wait
              for.
            </Fact>
          ) : (
            <Fact name="Then">{howWords(draft, zone)}</Fact>
          )}
        </dl>
      </div>
    </div>
  )
}

function howWords(draft: AlertDraft, zone: string): string {
  const { channels, quietFrom, quietTo, wakeMe } = draft
  if (channels.length === 0) return 'Tick how you want to be told.'
  const ways = [
    channels.includes('in_app') && 'this site says so',
    channels.includes('push') && 'this browser says so',
    needsEmail(draft) && 'a mail is sent',
    channels.includes('sms') && 'a text is sent',
    channels.includes('call') && 'your phone rings',
  ].filter((way) => way !== false)
  const quiet =
    needsPhone(draft) && !wakeMe ? ` Calls and texts in lawful hours from ${quietTo} to ${quietFrom} ${zone}.` : ''
  const words = listed(ways)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.${quiet}`
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-12 text-muted">{name}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  )
}

import type { AlertOptions } from '@marquee/contracts/alerts'
import { plural } from '../../../lib/format.ts'
import { type AlertSettings, type DraftProblems, filtersOf } from '../alert-draft.ts'
import { showingsWords } from '../alert-words.ts'
import { Disclosure } from './disclosure.tsx'
import { ShowingFields } from './showing-fields.tsx'
import { TimingFields } from './timing-fields.tsx'

interface MoreSettingsProps {
  settings: AlertSettings
  onChange: (patch: Partial<AlertSettings>) => void
  options: AlertOptions
  today: string
  releaseDate: string | null
  zone: string
  problems: DraftProblems
}

/** The two sections behind a line each; the line says how they stand. */
export function MoreSettings({ settings, onChange, options, today, releaseDate, zone, problems }: MoreSettingsProps) {
  const theatres = options.theatres.filter(({ id }) => settings.theatreIds.includes(id))
  const showings = showingsWords({ filters: filtersOf(settings), theatres }, today) ?? 'Any cinema, day and time'
  const quiet = settings.wakeMe ? 'At any hour' : `Quiet from ${settings.quietFrom} to ${settings.quietTo} ${zone}`
  return (
    <div className="flex flex-col gap-3">
      <Disclosure
        title="Only certain showings"
        summary={`${showings}; ${plural(settings.partySize, 'seat')}`}
        force={problems.showings !== undefined}
      >
        <ShowingFields
          settings={settings}
          onChange={onChange}
          options={options}
          today={today}
          releaseDate={releaseDate}
          error={problems.showings}
        />
      </Disclosure>
      <Disclosure
        title="How and when"
        summary={settings.urgency === 'opening-day' ? `${quiet}; opening day matters` : quiet}
        force={problems.timing !== undefined}
      >
        <TimingFields settings={settings} onChange={onChange} zone={zone} error={problems.timing} />
      </Disclosure>
    </div>
  )
}

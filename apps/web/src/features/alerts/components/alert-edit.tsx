import type { AlertChannel, AlertView, UpdateAlertBody } from '@marquee/contracts/alerts'
import type { User } from '@marquee/contracts/auth'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { Button } from '../../../components/ui/button.tsx'
import { ErrorState } from '../../../components/ui/error-state.tsx'
import { Field, Input } from '../../../components/ui/field.tsx'
import { FormAlert } from '../../../components/ui/form-alert.tsx'
import { Loading, Skeleton } from '../../../components/ui/skeleton.tsx'
import { ApiError } from '../../../lib/api-error.ts'
import { asSentence } from '../../../lib/form-errors.ts'
import { localDate, zoneName } from '../../../lib/format.ts'
import { useNow } from '../../../lib/now.ts'
import { paths } from '../../../lib/paths.ts'
import { useSession } from '../../../lib/session.ts'
import { type AlertSettings, type DraftProblems, filtersOf, settingProblems, settingsOf } from '../alert-draft.ts'
import { updateAlert } from '../api.ts'
import { alertOptionsQuery } from '../queries.ts'
import { ChannelChoice } from './channel-choice.tsx'
import { MoreSettings } from './more-settings.tsx'

/** The same pieces as in the form it was made with. Film, city, number and address are what the alert is: those stay. */
export function AlertEdit({ alert, signedIn, onDone }: { alert: AlertView; signedIn: boolean; onDone: () => void }) {
  const client = useQueryClient()
  const now = useNow()
  const user = useSession((state) => state.user)
  const before = settingsOf(alert)
  const [settings, setSettings] = useState<AlertSettings>(before)
  const [name, setName] = useState(alert.name)
  const [problems, setProblems] = useState<DraftProblems>({})
  const form = useRef<HTMLFormElement>(null)
  const options = useQuery(alertOptionsQuery(alert.city.slug))
  const today = localDate(new Date(now), alert.city.timeZone)
  const ready = options.data !== undefined
  useEffect(() => {
    if (ready) form.current?.querySelector<HTMLElement>('input')?.focus()
  }, [ready])

  const save = useMutation({
    mutationFn: (body: UpdateAlertBody) => updateAlert(alert.id, body),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['alerts'] })
      onDone()
    },
  })
  if (options.error && !options.data) {
    return <ErrorState error={options.error} title="The form did not load" onRetry={() => void options.refetch()} />
  }
  if (!options.data) {
    return (
      <Loading label="Loading the form" className="flex flex-col gap-4">
        <Skeleton className="h-12 w-full" />
        <Skeleton className="h-48 w-full" />
        <Skeleton className="h-14 w-full" />
      </Loading>
    )
  }
  const { consent } = options.data

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = settingProblems(settings, today, before)
    if (name.trim() === '') found.name = 'Enter your name.'
    setProblems(found)
    if (Object.keys(found).length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
      return
    }
    save.mutate({
      name: name.trim(),
      filters: filtersOf(settings),
      partySize: settings.partySize,
      channels: settings.channels,
      consent: { version: consent.version, channels: settings.channels },
      quietHours: { from: settings.quietFrom, to: settings.quietTo, wakeMe: settings.wakeMe },
      urgency: settings.urgency,
      seatsBack: settings.seatsBack,
    })
  }
  const patch = (change: Partial<AlertSettings>) => setSettings((old) => ({ ...old, ...change }))
  const closed = closedChannels(alert, user)

  return (
    <form
      ref={form}
      onSubmit={submit}
      noValidate
      aria-label={`Edit ${alert.film.title}`}
      className="flex flex-col gap-5"
    >
      <Field label="Your name" error={problems.name}>
        <Input value={name} maxLength={80} autoComplete="name" onChange={(event) => setName(event.target.value)} />
      </Field>
      <ChannelChoice
        chosen={settings.channels}
        onChange={(channels) => patch({ channels })}
        options={options.data}
        signedIn={signedIn}
        error={problems.channels}
        closed={closed}
      />
      {Object.keys(closed).length > 0 && (
        <p className="text-14 text-muted">
          A number or an address, new or stopped, is proved where the alert is made:{' '}
          <Link
            to={paths.alertMe({ film: alert.film.movieSlug ?? alert.film.key, city: alert.city.slug })}
            className="text-marquee-text underline underline-offset-4"
          >
            set it up again with it
          </Link>
          , and it takes the place of this one.
        </p>
      )}
      <MoreSettings
        settings={settings}
        onChange={patch}
        options={options.data}
        today={today}
        releaseDate={alert.film.releaseDate}
        zone={zoneName(new Date(now).toISOString(), alert.city.timeZone)}
        problems={problems}
      />
      <FormAlert message={save.error ? words(save.error) : null} />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" variant="primary" busy={save.isPending}>
          Save
        </Button>
        <Button variant="quiet" disabled={save.isPending} onClick={onDone}>
          Leave it as it was
        </Button>
      </div>
    </form>
  )
}

const STOPPED = {
  call: 'You said no more calls: this number is not called.',
  sms: 'You said no more texts: none is sent to this number.',
  email: 'You said no more mails: none is sent to this address.',
} as const

/** A way that was stopped for good, or that leads to a number or an address that neither the alert nor the account has proved. */
function closedChannels(
  { phone, email, channels, optedOut }: AlertView,
  user: User | null,
): Partial<Record<AlertChannel, string>> {
  const noPhone = !phone && !user?.phoneVerified
  const noEmail = !email && !user?.emailVerified
  const stopped = (['call', 'sms', 'email'] as const)
    .filter((channel) => optedOut.includes(channel))
    .map((channel) => [channel, STOPPED[channel]] as const)
  return {
    ...Object.fromEntries(stopped),
    ...(noPhone && !channels.includes('call') && { call: 'This alert has no number.' }),
    ...(noPhone && !channels.includes('sms') && { sms: 'This alert has no number.' }),
    ...(noEmail && !channels.includes('email') && { email: 'This alert has no address.' }),
  }
}

const words = (error: Error) =>
  error instanceof ApiError ? (asSentence(error.fields[0]?.message) ?? error.message) : 'It was not saved. Try again.'

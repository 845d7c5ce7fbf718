import type { AlertFilm, AlertOptions } from '@marquee/contracts/alerts'
import type { User } from '@marquee/contracts/auth'
import type { City } from '@marquee/contracts/cities'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { CodeStep } from '../../../components/otp/code-step.tsx'
import { PhoneInput } from '../../../components/otp/phone-input.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { ErrorState } from '../../../components/ui/error-state.tsx'
import { Field, Input, Select } from '../../../components/ui/field.tsx'
import { FormAlert } from '../../../components/ui/form-alert.tsx'
import { localDate, zoneName } from '../../../lib/format.ts'
import { useNow } from '../../../lib/now.ts'
import {
  type AlertDraft,
  bodyOf,
  type DraftField,
  type DraftProblems,
  draftProblems,
  NEW_SETTINGS,
  needsEmail,
  needsPhone,
} from '../alert-draft.ts'
import { filmOfCity } from '../match-films.ts'
import { alertFilmsQuery, alertOptionsQuery } from '../queries.ts'
import { isProved, useCreateAlert } from '../use-create-alert.ts'
import { AlertSet } from './alert-set.tsx'
import { ChannelChoice } from './channel-choice.tsx'
import { FilmChoice } from './film-choice.tsx'
import { FormFrame } from './form-frame.tsx'
import { MoreSettings } from './more-settings.tsx'

interface AlertFormProps {
  cities: readonly City[]
  city: City
  /** Of the first city; another city brings its own. */
  options: AlertOptions
  user: User | null
  /** A slug or a key from the address. */
  filmName: string | null
  theatreId: string | null
}

/** In the order of the form. */
const NAMES: Record<DraftField, string> = {
  city: 'the city',
  film: 'the film',
  name: 'your name',
  phone: 'the phone number',
  email: 'the email address',
  channels: 'how we tell you',
  showings: 'which showings',
  timing: 'the quiet hours',
}

/** The essentials first; what most people leave alone behind two lines; then the codes, in the same place. */
export function AlertForm({ cities, city: first, options: firstOptions, user, filmName, theatreId }: AlertFormProps) {
  const [typed, setTyped] = useState<AlertDraft>(() => ({
    ...NEW_SETTINGS,
    name: user?.name ?? '',
    phone: user?.phone ?? '',
    email: user?.email ?? '',
    city: first.slug,
    film: null,
    theatreIds: firstOptions.theatres.some(({ id }) => id === theatreId) && theatreId ? [theatreId] : [],
  }))
  const [named, setNamed] = useState(filmName)
  const [problems, setProblems] = useState<DraftProblems>({})
  const [failure, setFailure] = useState<string | null>(null)
  const [refusals, setRefusals] = useState(0)
  const form = useRef<HTMLFormElement>(null)
  const now = useNow()
  const city = cities.find(({ slug }) => slug === typed.city) ?? first
  const today = localDate(new Date(now), city.timeZone)
  const films = useQuery(alertFilmsQuery(typed.city))
  const cityOptions = useQuery(alertOptionsQuery(typed.city))
  const options = cityOptions.data ?? firstOptions
  const { film, news } = filmOfCity(films.data, { chosen: typed.film, named, cityName: city.name })
  const draft: AlertDraft = { ...typed, film }

  const refuse = (found: DraftProblems, words: string | null) => {
    setProblems(found)
    const names = (Object.keys(NAMES) as DraftField[]).filter((field) => found[field]).map((field) => NAMES[field])
    setFailure(words ?? (names.length > 0 ? `Not sent yet. Please look at ${listOf(names)}.` : null))
    setRefusals((count) => count + 1)
  }
  const { step, busy, submit, prove, back } = useCreateAlert(user, refuse)
  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [refusals])

  /** What was mended says so at once. */
  const change = (patch: Partial<AlertDraft>, ...mended: DraftField[]) => {
    setTyped((before) => ({ ...before, ...patch }))
    if (!mended.some((field) => problems[field])) return
    const left = Object.entries(problems).filter(([field]) => !mended.includes(field as DraftField))
    setProblems(Object.fromEntries(left))
    if (left.length === 0) setFailure(null)
  }
  const setFilm = (chosen: AlertFilm | null) => {
    setNamed(null)
    change({ film: chosen }, 'film')
  }

  const send = (event: FormEvent) => {
    event.preventDefault()
    setFailure(null)
    const found = draftProblems(draft, today)
    if (Object.keys(found).length > 0 || !draft.film) return refuse(found, null)
    setProblems({})
    void submit(bodyOf(draft, draft.film, options.consent.version))
  }

  const proofWords = (kind: 'phone' | 'email') =>
    isProved(user, kind, draft[kind]) ? 'Confirmed in your account: no code is needed.' : 'We check it with a code.'

  if (step.at === 'done') return <AlertSet result={step.result} signedIn={user !== null} />

  return (
    <FormFrame draft={draft} options={options} city={city} today={today} now={now}>
      {step.at === 'code' && (
        <section aria-labelledby="prove" className="max-w-md">
          <h2 id="prove" className="mb-3 text-26">
            {step.kind === 'phone' ? 'Is this your number?' : 'Is this your address?'}
          </h2>
          <p className="mb-4 text-muted">
            {step.of > 1 && `Code ${step.nth} of ${step.of}. `}
            {step.kind === 'phone'
              ? 'Nobody is called by Marquee who has not shown that the number is theirs.'
              : 'So that nobody else can have you mailed.'}
          </p>
          <CodeStep
            key={step.sent.challengeId}
            sent={step.sent}
            submitLabel={step.nth < step.of ? 'Go on' : 'Set the alert'}
            backLabel="Change what I entered"
            onBack={back}
            onProof={(proof) => prove(step.kind, proof)}
          />
        </section>
      )}
      <form ref={form} onSubmit={send} noValidate hidden={step.at === 'code'} className="flex flex-col gap-5">
        <Field label="City" error={problems.city}>
          <Select
            value={draft.city}
            onChange={(event) => change({ city: event.target.value, theatreIds: [] }, 'city', 'film', 'showings')}
          >
            {cities.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        {films.isError && !films.data ? (
          <ErrorState
            error={films.error}
            title="The films did not load"
            onRetry={() => void films.refetch()}
            retrying={films.isFetching}
            className="py-6"
          />
        ) : (
          <FilmChoice
            films={films.data}
            chosen={draft.film}
            onChoose={setFilm}
            today={today}
            cityName={city.name}
            error={problems.film}
            news={news}
          />
        )}
        <Field label="Your name" hint="The call greets you with it." error={problems.name}>
          <Input
            autoComplete="name"
            maxLength={80}
            value={draft.name}
            onChange={(event) => change({ name: event.target.value }, 'name')}
          />
        </Field>
        <Field
          label="Phone"
          hint={needsPhone(draft) ? proofWords('phone') : 'For a call or a text.'}
          error={problems.phone}
        >
          <PhoneInput
            countries={options.countries}
            initial={draft.phone}
            onChange={(phone) => change({ phone }, 'phone')}
          />
        </Field>
        <Field label="Email" hint={needsEmail(draft) ? proofWords('email') : 'For a mail.'} error={problems.email}>
          <Input
            type="email"
            inputMode="email"
            autoComplete="email"
            maxLength={254}
            value={draft.email}
            onChange={(event) => change({ email: event.target.value }, 'email')}
          />
        </Field>
        <ChannelChoice
          chosen={draft.channels}
          onChange={(channels) => change({ channels }, 'channels', 'phone', 'email')}
          options={options}
          signedIn={user !== null}
          error={problems.channels}
        />
        <MoreSettings
          settings={draft}
          onChange={(patch) => change(patch, 'showings', 'timing')}
          options={options}
          today={today}
          releaseDate={draft.film?.releaseDate ?? null}
          zone={zoneName(new Date(now).toISOString(), city.timeZone)}
          problems={problems}
        />
        <FormAlert message={failure} />
        <Button type="submit" variant="primary" size="lg" wide busy={busy}>
          Tell me when it opens
        </Button>
      </form>
    </FormFrame>
  )
}

const listOf = (names: string[]) => new Intl.ListFormat('en-IN').format(names)

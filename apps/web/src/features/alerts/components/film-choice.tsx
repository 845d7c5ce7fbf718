import type { AlertFilm } from '@marquee/contracts/alerts'
import { clsx } from 'clsx'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Field, Input } from '../../../components/ui/field.tsx'
import { Poster } from '../../../components/ui/poster.tsx'
import { Skeleton } from '../../../components/ui/skeleton.tsx'
import { matchFilms } from '../match-films.ts'
import { FilmLine } from './film-line.tsx'

interface FilmChoiceProps {
  /** Undefined while the list of the city is on its way. */
  films: readonly AlertFilm[] | undefined
  chosen: AlertFilm | null
  onChoose: (film: AlertFilm | null) => void
  today: string
  cityName: string
  error: string | undefined
  /** What became of a choice that the city does not have. */
  news: string
}

/** A film is chosen by typing a part of its title; what was chosen stands there as its poster until it is changed. */
export function FilmChoice({ films, chosen, onChoose, today, cityName, error, news }: FilmChoiceProps) {
  const [changed, setChanged] = useState(false)
  const change = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (chosen && changed) change.current?.focus()
  }, [chosen, changed])

  const choose = (film: AlertFilm | null) => {
    setChanged(true)
    onChoose(film)
  }
  return (
    <div className="flex flex-col gap-2">
      {chosen ? (
        <fieldset className="min-w-0">
          <legend className="mb-1.5 font-medium text-14">Film</legend>
          <div className="flex items-center gap-4 rounded-control border border-control bg-raised p-3">
            <div className="w-14 shrink-0">
              <Poster title={chosen.title} poster={chosen.poster} colour={chosen.posterColour} sizes="56px" />
            </div>
            <FilmLine film={chosen} today={today} className="flex-1" strong />
            <Button ref={change} size="sm" className="min-h-11" onClick={() => choose(null)}>
              Change<span className="sr-only"> the film</span>
            </Button>
          </div>
        </fieldset>
      ) : (
        <FilmSearch
          films={films}
          onChoose={choose}
          today={today}
          cityName={cityName}
          error={error}
          grabFocus={changed}
        />
      )}
      <p role="status" className="text-14 text-marquee-text empty:hidden">
        {news}
      </p>
    </div>
  )
}

function FilmSearch({
  films,
  onChoose,
  today,
  cityName,
  error,
  grabFocus,
}: Pick<FilmChoiceProps, 'films' | 'today' | 'cityName' | 'error'> & {
  onChoose: (film: AlertFilm) => void
  grabFocus: boolean
}) {
  const id = useId()
  const [text, setText] = useState('')
  const [open, setOpen] = useState(grabFocus)
  const [active, setActive] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const found = matchFilms(films ?? [], text)
  const upcoming = found.filter(({ status }) => status === 'upcoming')
  const running = found.filter(({ status }) => status === 'running')
  const inOrder = [...upcoming, ...running]
  const current = inOrder[active]
  // Only after "Change": whoever comes to the page is not thrown into its second field.
  useEffect(() => {
    if (grabFocus) input.current?.focus()
  }, [grabFocus])
  useEffect(() => {
    if (open) list.current?.querySelector(`#${CSS.escape(`${id}-${active}`)}`)?.scrollIntoView({ block: 'nearest' })
  }, [open, active, id])

  const step = (by: number) => {
    if (!open) return setOpen(true)
    setActive((before) => (inOrder.length === 0 ? 0 : (before + by + inOrder.length) % inOrder.length))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      step(event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Enter') {
      // Never the form: whoever presses Enter here means the film under the cursor.
      event.preventDefault()
      if (open && current) onChoose(current)
      else setOpen(true)
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation()
      setOpen(false)
    }
  }
  const option = (film: AlertFilm, index: number) => (
    <div
      key={film.key}
      id={`${id}-${index}`}
      role="option"
      tabIndex={-1}
      aria-selected={index === active}
      onPointerMove={() => setActive(index)}
      onClick={() => onChoose(film)}
      onKeyDown={onKeyDown}
      className={clsx('flex cursor-pointer items-center gap-3 px-3.5 py-2', index === active && 'bg-ground')}
    >
      <div className="w-9 shrink-0">
        <Poster title={film.title} poster={film.poster} colour={film.posterColour} sizes="36px" />
      </div>
      <FilmLine film={film} today={today} className="flex-1" />
    </div>
  )

  return (
    <div className="relative">
      <Field label="Film" error={error}>
        <Input
          ref={input}
          type="text"
          role="combobox"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open && current ? `${id}-${active}` : undefined}
          placeholder="Type a part of the title"
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          value={text}
          onBlur={() => setOpen(false)}
          onClick={() => setOpen(true)}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setText(event.target.value)
            setActive(0)
            setOpen(true)
          }}
        />
      </Field>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={`Films in ${cityName}`}
        // The letters go on into the field, whatever is pressed in the list.
        onMouseDown={(event) => event.preventDefault()}
        hidden={!open}
        className="absolute inset-x-0 top-full z-20 mt-1 max-h-88 overflow-y-auto rounded-control border border-control bg-raised py-1 shadow-float"
      >
        {upcoming.length > 0 && <Group title="Coming soon">{upcoming.map((film, index) => option(film, index))}</Group>}
        {running.length > 0 && (
          <Group title="Showing now">{running.map((film, index) => option(film, upcoming.length + index))}</Group>
        )}
        {films && found.length === 0 && (
          <p className="px-3.5 py-3 text-14 text-muted">
            {text.trim() === ''
              ? `Nobody lists a film in ${cityName} at the moment.`
              : `No film in ${cityName} is called that. Try one word of its title.`}
          </p>
        )}
        {!films && (
          <div className="flex flex-col gap-2 p-3">
            <Skeleton className="h-12" />
            <Skeleton className="h-12" />
            <Skeleton className="h-12" />
          </div>
        )}
      </div>
      <p role="status" className="sr-only">
        {open && films && `${found.length} ${found.length === 1 ? 'film' : 'films'}`}
      </p>
    </div>
  )
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div role="group" aria-label={title}>
      <p aria-hidden="true" className="px-3.5 pt-2 pb-1 font-medium text-12 text-muted">
        {title}
      </p>
      {children}
    </div>
  )
}

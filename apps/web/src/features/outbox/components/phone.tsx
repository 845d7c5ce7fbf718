import type { DevCall } from '@marquee/contracts/carrier'
import { clsx } from 'clsx'
import { Phone as PhoneIcon, PhoneOff } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { CallAct } from '../api.ts'
import { lasted, spacedNumber, stateWords } from '../call-words.ts'
import { useSeconds } from '../use-seconds.ts'
import { CallLines } from './call-lines.tsx'
import { Keypad } from './keypad.tsx'

interface PhoneProps {
  call: DevCall | undefined
  busy: boolean
  error: string | undefined
  onAct: (act: CallAct) => void
}

/** A phone somebody holds: it rings, is answered, speaks and listens. Digits typed while it has the focus are keys pressed. */
export function Phone({ call, busy, error, onAct }: PhoneProps) {
  const phone = useRef<HTMLElement>(null)
  const state = call?.state
  const acted = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs when the call goes on, whatever it goes on to
  useEffect(() => {
    if (!acted.current) return
    acted.current = false
    // The button that was pressed is gone: whoever was on the phone stays on it.
    const lost = document.activeElement === document.body
    if (lost || phone.current?.contains(document.activeElement)) phone.current?.focus({ preventScroll: true })
  }, [state])
  const act = (what: CallAct) => {
    acted.current = true
    onAct(what)
  }

  const press = (event: KeyboardEvent) => {
    if (state !== 'in-progress' || event.ctrlKey || event.metaKey || event.altKey) return
    if (!/^[0-9*#]$/.test(event.key)) return
    event.preventDefault()
    act({ key: event.key })
  }

  return (
    <section
      ref={phone}
      aria-label="The phone"
      tabIndex={-1}
      onKeyDown={press}
      className={clsx(
        'mx-auto flex w-full max-w-84 flex-col rounded-[2.25rem] border bg-raised p-3 outline-offset-4 transition-colors duration-200',
        state === 'ringing' ? 'border-ok' : 'border-control',
        state === 'ended' ? 'min-h-88' : 'min-h-[32rem]',
      )}
    >
      <span aria-hidden="true" className="mx-auto mt-1 mb-2 h-1.5 w-16 rounded-full bg-line" />
      {call ? <Screen call={call} busy={busy} error={error} onAct={act} /> : <Quiet />}
    </section>
  )
}

function Quiet() {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-3 px-6 text-center">
      <PhoneIcon aria-hidden="true" className="size-8 text-muted" />
      <p className="font-bold font-display text-20 tracking-tight">It has not rung yet</p>
      <p className="text-14 text-muted">
        Wait for a film with “Call me”, open its booking, and this phone rings within a minute.
      </p>
    </div>
  )
}

function Screen({ call, busy, error, onAct }: PhoneProps & { call: DevCall }) {
  const { state, answeredAt, endedAt, outcome } = call
  const rings = state === 'ringing'
  const talks = state === 'in-progress'
  const now = useSeconds(talks)
  return (
    <div className="flex min-h-0 flex-1 flex-col px-2 pb-2">
      <div className={clsx('text-center', rings ? 'pt-10' : 'pt-1')}>
        {rings && (
          <span className="relative mx-auto mb-7 grid size-22 place-items-center">
            <span aria-hidden="true" className="absolute inset-0 animate-ring rounded-full border-2 border-ok" />
            <span className="grid size-22 place-items-center rounded-full border-2 border-ok text-ok">
              <PhoneIcon aria-hidden="true" className="size-9" />
            </span>
          </span>
        )}
        {rings && <p className="text-14 text-muted">Incoming call</p>}
        <h2 className={rings ? 'text-34' : 'text-20'}>Marquee</h2>
        <p className="text-14 text-muted">from {spacedNumber(call.from)}</p>
        {!rings && (
          <p className={clsx('text-14', talks ? 'font-medium text-ok' : 'text-muted')}>
            {stateWords({ state, outcome })}
            {talks && answeredAt && (
              <>
                {' '}
                <span role="timer">{lasted(answeredAt, now)}</span>
              </>
            )}
            {endedAt && answeredAt && ` · ${lasted(answeredAt, endedAt)}`}
          </p>
        )}
      </div>
      {rings ? (
        <p className="mt-4 text-center text-14">
          to <b className="font-medium">{spacedNumber(call.to)}</b>
        </p>
      ) : (
        <CallLines call={call} />
      )}
      <p role="alert" className="mt-2 text-center text-14 text-danger empty:hidden">
        {error}
      </p>
      <div className="mt-auto pt-3">
        {talks && <Keypad listensFor={call.listensFor} disabled={busy} onPress={(key) => onAct({ key })} />}
        {rings && (
          <div className="flex justify-between px-5 pb-5">
            <RoundButton tone="danger" label="Decline" disabled={busy} onPress={() => onAct('decline')} />
            <RoundButton tone="ok" label="Answer" disabled={busy} onPress={() => onAct('answer')} />
          </div>
        )}
        {talks && (
          <div className="mt-3 flex justify-center">
            <RoundButton tone="danger" label="Hang up" disabled={busy} onPress={() => onAct('hang-up')} />
          </div>
        )}
      </div>
    </div>
  )
}

interface RoundButtonProps {
  tone: 'ok' | 'danger'
  label: string
  disabled: boolean
  onPress: () => void
}

function RoundButton({ tone, label, disabled, onPress }: RoundButtonProps) {
  const Icon = tone === 'ok' ? PhoneIcon : PhoneOff
  return (
    <button
      type="button"
      aria-disabled={disabled || undefined}
      onClick={() => !disabled && onPress()}
      className="group flex flex-col items-center gap-1.5 rounded-control font-medium text-14 outline-offset-4"
    >
      <span
        className={clsx(
          'grid size-16 place-items-center rounded-full text-ground transition-opacity duration-150 group-hover:opacity-90 [&_svg]:size-7',
          tone === 'ok' ? 'bg-ok' : 'bg-danger',
        )}
      >
        <Icon aria-hidden="true" />
      </span>
      {label}
    </button>
  )
}

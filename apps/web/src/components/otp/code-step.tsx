import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ApiError, isApiError } from '../../lib/api-error.ts'
import { demoQuery } from '../../lib/demo.ts'
import { formatCountdown } from '../../lib/format.ts'
import { resendCode, type SentCode, verifyCode } from '../../lib/otp.ts'
import { paths } from '../../lib/paths.ts'
import { useRemaining } from '../../lib/remaining.ts'
import { Button } from '../ui/button.tsx'
import { Field, Input } from '../ui/field.tsx'

const DIGITS = 6

interface CodeStepProps {
  sent: SentCode
  /** What the right code is exchanged for. May throw an ApiError: it is shown here. */
  onProof: (proof: string) => Promise<void>
  /** Back to where the address or number was typed. */
  onBack: () => void
  backLabel: string
  submitLabel: string
  /** Nothing is sent where there is no account, and nobody is told which it was. */
  ifAccount?: boolean
}

/** Six digits from a mail or a text. A right code is sent the moment it is whole. */
export function CodeStep({ sent: first, onProof, onBack, backLabel, submitLabel, ifAccount = false }: CodeStepProps) {
  const [sent, setSent] = useState(first)
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState<'verify' | 'resend' | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [news, setNews] = useState('')
  const [ended, setEnded] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const untilResend = useRemaining(sent.resendAt, sent.offset)
  const untilEnd = useRemaining(sent.expiresAt, sent.offset)
  const over = ended || untilEnd === 0
  useEffect(() => input.current?.focus(), [])

  const verify = async (digits: string) => {
    if (busy !== null) return
    if (digits.length !== DIGITS) {
      setFailure('Enter the six digits of the code.')
      input.current?.focus()
      return
    }
    setBusy('verify')
    setFailure(null)
    setNews('')
    try {
      await onProof(await verifyCode(sent.challengeId, digits))
    } catch (error) {
      setCode('')
      setEnded(isApiError(error, 'OTP_ENDED'))
      setFailure(error instanceof ApiError ? error.message : 'That did not work. Try again in a moment.')
    }
    setBusy(null)
  }
  // Focus goes back only once the field can take it again.
  useEffect(() => {
    if (failure !== null && busy === null) input.current?.focus()
  }, [failure, busy])

  const resend = async () => {
    setBusy('resend')
    setFailure(null)
    try {
      setSent(await resendCode(sent.challengeId))
      setCode('')
      setEnded(false)
      setNews('A new code is on its way. The one before no longer counts.')
    } catch (error) {
      setFailure(error instanceof ApiError ? error.message : 'The code was not sent. Try again in a moment.')
    }
    setBusy(null)
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    void verify(code)
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <p>
        {ifAccount ? 'If there is an account for ' : 'We sent a six-digit code to '}
        <b className="wrap-anywhere font-semibold">{sent.sentTo}</b>
        {ifAccount ? ', a six-digit code is on its way ' : ' '}
        {sent.channel === 'sms' ? 'by text message.' : 'by mail. Look among unwanted mail too.'}
      </p>
      <Field
        label="Code"
        error={failure ?? (over ? 'This code has ended. Have a new one sent.' : undefined)}
        hint={over ? undefined : `Good for ${formatCountdown(untilEnd)} more.`}
      >
        <Input
          ref={input}
          name="code"
          value={code}
          onChange={(event) => {
            // A whole message may be pasted: the six digits in it are what counts.
            const digits = event.target.value.replaceAll(/\D/g, '').slice(0, DIGITS)
            setCode(digits)
            setFailure(null)
            if (digits.length === DIGITS && digits !== code) void verify(digits)
          }}
          readOnly={busy === 'verify'}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoCorrect="off"
          spellCheck={false}
          className="font-mono text-26! tracking-[0.4em]"
        />
      </Field>
      <Button type="submit" variant="primary" size="lg" wide busy={busy === 'verify'} disabled={over}>
        {submitLabel}
      </Button>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {untilResend > 0 ? (
          <p className="flex min-h-11 items-center text-14 text-muted">A new one in {formatCountdown(untilResend)}</p>
        ) : (
          <Button
            variant={over ? 'secondary' : 'accent'}
            busy={busy === 'resend'}
            disabled={busy !== null}
            onClick={() => void resend()}
            className={over ? undefined : '-ml-4.5'}
          >
            Send a new code
          </Button>
        )}
        <Button variant="quiet" onClick={onBack} disabled={busy !== null} className="-mr-4.5 ml-auto">
          {backLabel}
        </Button>
      </div>
      <p role="status" className="text-14 text-muted empty:hidden">
        {news}
      </p>
      <DevelopmentNote />
    </form>
  )
}

/** A development copy sends nothing: its codes lie in the outbox. */
function DevelopmentNote() {
  const demo = useQuery(demoQuery)
  if (!demo.data) return null
  return (
    <p className="rounded-control border border-line border-dashed px-3.5 py-3 text-14 text-muted">
      This is a development copy: the code is in the{' '}
      <a
        href={paths.outbox()}
        target="_blank"
        rel="noreferrer"
        className="text-marquee-text underline underline-offset-4"
      >
        outbox
      </a>{' '}
      (a new tab).
    </p>
  )
}

import type { User } from '@marquee/contracts/auth'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { CodeStep } from '../../../components/otp/code-step.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { Field, Input, Textarea } from '../../../components/ui/field.tsx'
import { FormAlert } from '../../../components/ui/form-alert.tsx'
import { ApiError } from '../../../lib/api-error.ts'
import { formatMoment, midSentence } from '../../../lib/format.ts'
import { type SentCode, sendCode } from '../../../lib/otp.ts'
import { applyAsCinema, getLastApplication } from '../api.ts'

type Step = { is: 'closed' } | { is: 'form' } | { is: 'code'; sent: SentCode }

const LAST = ['account', 'application']

/** Somebody who runs a cinema asks to sell here. A person decides, so a code proves that the asker can be reached. */
export function CinemaApplication({ user }: { user: User }) {
  const client = useQueryClient()
  const last = useQuery({ queryKey: LAST, queryFn: getLastApplication })
  const [step, setStep] = useState<Step>({ is: 'closed' })
  const [organisation, setOrganisation] = useState('')
  const [message, setMessage] = useState('')
  const [problem, setProblem] = useState<string | undefined>()
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const name = organisation.trim()
    setProblem(name.length < 2 ? 'Name your cinema or company.' : undefined)
    setFailure(null)
    if (name.length < 2) return
    setBusy(true)
    try {
      const to = user.email ? { email: user.email } : { phone: user.phone ?? '' }
      setStep({ is: 'code', sent: await sendCode({ purpose: 'admin-request', ...to }) })
    } catch (error) {
      setFailure(error instanceof ApiError ? error.message : 'The code was not sent. Try again in a moment.')
    }
    setBusy(false)
  }

  switch (step.is) {
    case 'closed':
      if (last.data?.state === 'PENDING') {
        return (
          <p role="status" className="rounded-control border border-line px-3.5 py-3">
            Your request for <b className="font-semibold">{last.data.organisation}</b> is with us since{' '}
            {midSentence(formatMoment(last.data.createdAt))}. The answer comes to {user.email ?? user.phone}.
          </p>
        )
      }
      return (
        <div className="flex flex-col items-start gap-3">
          {last.data?.state === 'REJECTED' && (
            <p className="text-14 text-muted">
              Your request for {last.data.organisation} was not accepted. {last.data.decisionNote}
            </p>
          )}
          <Button onClick={() => setStep({ is: 'form' })} disabled={last.isPending}>
            Apply as a cinema
          </Button>
        </div>
      )
    case 'code':
      return (
        <CodeStep
          key={step.sent.challengeId}
          sent={step.sent}
          submitLabel="Send the request"
          backLabel="Change the request"
          onBack={() => setStep({ is: 'form' })}
          onProof={async (proof) => {
            const made = await applyAsCinema({ organisation: organisation.trim(), message: message.trim(), proof })
            client.setQueryData(LAST, made)
            setStep({ is: 'closed' })
          }}
        />
      )
    case 'form':
      return (
        <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-5">
          <FormAlert message={failure} />
          <Field label="Cinema or company" error={problem}>
            <Input
              value={organisation}
              onChange={(event) => setOrganisation(event.target.value)}
              maxLength={120}
              autoComplete="organization"
            />
          </Field>
          <Field label="Message (optional)" hint="Which cinemas you run, and how to reach you by day.">
            <Textarea value={message} onChange={(event) => setMessage(event.target.value)} maxLength={1000} rows={4} />
          </Field>
          <div className="flex flex-wrap gap-3">
            <Button type="submit" variant="primary" busy={busy}>
              Continue
            </Button>
            <Button variant="quiet" onClick={() => setStep({ is: 'closed' })}>
              Not now
            </Button>
          </div>
        </form>
      )
  }
}

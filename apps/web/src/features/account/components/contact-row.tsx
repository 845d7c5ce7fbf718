import { type FormEvent, useState } from 'react'
import { CodeStep } from '../../../components/otp/code-step.tsx'
import { PhoneInput } from '../../../components/otp/phone-input.tsx'
import { Badge } from '../../../components/ui/badge.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { Field, Input } from '../../../components/ui/field.tsx'
import { FormAlert } from '../../../components/ui/form-alert.tsx'
import { PasswordInput } from '../../../components/ui/password-input.tsx'
import { toast } from '../../../components/ui/toast.ts'
import { ApiError } from '../../../lib/api-error.ts'
import { asSentence } from '../../../lib/form-errors.ts'
import { type SentCode, sendCode } from '../../../lib/otp.ts'
import { changeContact } from '../api.ts'

const WORDS = {
  email: {
    name: 'Email',
    change: 'Change the email address',
    field: 'New email address',
    done: 'Your email address is changed.',
    confirm: 'Confirm the email address',
    confirmed: 'Your email address is confirmed.',
  },
  phone: {
    name: 'Phone',
    change: 'Change the phone number',
    field: 'New phone number',
    done: 'Your phone number is changed.',
    confirm: 'Confirm the phone number',
    confirmed: 'Your phone number is confirmed.',
  },
} as const

/** One way to reach somebody. It changes, and is confirmed, only by a code sent there, and with the password. */
export function ContactRow({
  what,
  value,
  verified,
}: {
  what: 'email' | 'phone'
  value: string | null
  verified: boolean
}) {
  const [open, setOpen] = useState(false)
  const [confirming, setConfirming] = useState(false)
  const words = WORDS[what]
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-52">
        <h3 className="font-normal font-sans text-14 text-muted tracking-normal">{words.name}</h3>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="min-w-0 wrap-anywhere">{value ?? 'None yet'}</span>
          {value && <Badge tone={verified ? 'ok' : 'neutral'}>{verified ? 'Confirmed' : 'Not confirmed'}</Badge>}
        </p>
      </div>
      <div className="flex gap-3">
        {value && !verified && (
          <Button size="sm" className="min-h-11" onClick={() => setConfirming(true)} aria-label={words.confirm}>
            Confirm
          </Button>
        )}
        <Button
          size="sm"
          className="min-h-11"
          onClick={() => setOpen(true)}
          aria-label={value ? words.change : `Add ${what === 'email' ? 'an email address' : 'a phone number'}`}
        >
          {value ? 'Change' : 'Add'}
        </Button>
      </div>
      {value && !verified && (
        <Dialog
          open={confirming}
          onOpenChange={setConfirming}
          kind="sheet"
          title={words.confirm}
          description={`By a code sent to ${value}.`}
        >
          <ProveContact
            what={what}
            known={value}
            onDone={() => {
              setConfirming(false)
              void toast(words.confirmed, { tone: 'ok' })
            }}
          />
        </Dialog>
      )}
      <Dialog
        open={open}
        onOpenChange={setOpen}
        kind="sheet"
        title={value ? words.change : words.field.replace('New', 'Your')}
        description={`It counts once the code sent there was entered${value ? '; until then the old one stays' : ''}.`}
      >
        <ProveContact
          what={what}
          onDone={() => {
            setOpen(false)
            void toast(words.done, { tone: 'ok' })
          }}
        />
      </Dialog>
    </div>
  )
}

/** `known`: the address or number that is there already; without it, a new one is asked for. */
function ProveContact({ what, known, onDone }: { what: 'email' | 'phone'; known?: string; onDone: () => void }) {
  const [typed, setTyped] = useState(known ?? '')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | undefined>()
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState<string | undefined>()
  const [sent, setSent] = useState<SentCode | null>(null)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setFailure(undefined)
    if (typed.trim() === '') return setFailure(what === 'email' ? 'Enter the address.' : 'Enter the number.')
    if (password === '') return setWrong('Enter your password.')
    setBusy(true)
    setFailure(undefined)
    setWrong(undefined)
    try {
      setSent(await sendCode({ purpose: what === 'email' ? 'change-email' : 'change-phone', [what]: typed.trim() }))
    } catch (error) {
      const issue = error instanceof ApiError ? (error.fields[0]?.message ?? error.message) : undefined
      setFailure(asSentence(issue) ?? 'The code was not sent. Try again in a moment.')
    }
    setBusy(false)
  }

  if (sent) {
    return (
      <CodeStep
        key={sent.challengeId}
        sent={sent}
        submitLabel="Confirm"
        backLabel={known ? 'Not now' : 'Send it elsewhere'}
        onBack={() => setSent(null)}
        onProof={async (proof) => {
          try {
            await changeContact(what, proof, password)
          } catch (error) {
            const issue = error instanceof ApiError ? error.fields.find(({ field }) => field === 'password') : undefined
            if (!issue) throw error
            // Back to where it was typed; the code that was right costs no waiting.
            setWrong(asSentence(issue.message))
            setPassword('')
            return setSent(null)
          }
          onDone()
        }}
      />
    )
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-5">
      {known ? (
        <FormAlert message={failure ?? null} />
      ) : (
        <Field label={WORDS[what].field} error={failure}>
          {what === 'email' ? (
            <Input
              type="email"
              inputMode="email"
              autoComplete="email"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          ) : (
            <PhoneInput onChange={setTyped} />
          )}
        </Field>
      )}
      <Field label="Your password" error={wrong}>
        <PasswordInput
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Button type="submit" variant="primary" busy={busy}>
        {known ? 'Send me a code' : 'Send a code there'}
      </Button>
    </form>
  )
}

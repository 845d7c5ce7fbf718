import type { User } from '@marquee/contracts/auth'
import { type FormEvent, useState } from 'react'
import { CodeStep } from '../../../components/otp/code-step.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { Field, Input } from '../../../components/ui/field.tsx'
import { FormAlert } from '../../../components/ui/form-alert.tsx'
import { PasswordInput } from '../../../components/ui/password-input.tsx'
import { toast } from '../../../components/ui/toast.ts'
import { ApiError } from '../../../lib/api-error.ts'
import { asSentence } from '../../../lib/form-errors.ts'
import { type SentCode, sendCode } from '../../../lib/otp.ts'
import { deleteAccount } from '../api.ts'

const WORD = 'DELETE'

/** Two things nobody does by accident: a word to type, and the password. */
export function DeleteAccount({ user }: { user: User }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="danger" onClick={() => setOpen(true)}>
        Delete my account
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        kind="sheet"
        title="Delete your account?"
        description="Your name, addresses and sign-in are erased at once. Invoices are kept, as the law asks. Tickets for films to come stay good at the door, but can no longer be cancelled here. This cannot be undone."
      >
        <Confirm user={user} onCancel={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

/** The page is gone with the session: this is the last word. */
async function leave(body: Parameters<typeof deleteAccount>[0]) {
  await deleteAccount(body)
  void toast('Your account is deleted.', { tone: 'ok' })
}

function Confirm({ user, onCancel }: { user: User; onCancel: () => void }) {
  const [by, setBy] = useState<'password' | 'code'>('password')
  const [word, setWord] = useState('')
  const [password, setPassword] = useState('')
  const [problems, setProblems] = useState<{ word?: string; password?: string }>({})
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [sent, setSent] = useState<SentCode | null>(null)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const found = {
      ...(word.trim() === WORD ? {} : { word: `Type ${WORD}, in capitals.` }),
      ...(by === 'password' && password === '' ? { password: 'Enter your password.' } : {}),
    }
    setProblems(found)
    setFailure(null)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    try {
      if (by === 'password') await leave({ password, confirm: WORD })
      else {
        const to = user.email ? { email: user.email } : { phone: user.phone ?? '' }
        setSent(await sendCode({ purpose: 'login', ...to }))
      }
    } catch (error) {
      const known = error instanceof ApiError ? error : null
      const wrong = known?.fields.find((issue) => issue.field === 'password')
      if (wrong) setProblems({ password: asSentence(wrong.message) ?? 'This is not your password.' })
      else setFailure(known?.message ?? 'That did not work. Try again in a moment.')
    }
    setBusy(false)
  }

  if (sent) {
    return (
      <CodeStep
        key={sent.challengeId}
        sent={sent}
        submitLabel="Delete it for good"
        backLabel="Back"
        onBack={() => setSent(null)}
        onProof={(proof) => leave({ proof, confirm: WORD })}
      />
    )
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-5">
      <FormAlert message={failure} />
      <Field label={`Type ${WORD} to go on`} error={problems.word}>
        <Input value={word} onChange={(event) => setWord(event.target.value)} autoComplete="off" spellCheck={false} />
      </Field>
      {by === 'password' && (
        <Field label="Password" error={problems.password}>
          <PasswordInput
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            autoComplete="current-password"
          />
        </Field>
      )}
      <button
        type="button"
        onClick={() => setBy(by === 'password' ? 'code' : 'password')}
        className="-my-2 min-h-11 self-start text-14 text-marquee-text underline underline-offset-4"
      >
        {by === 'password' ? 'I have no password, or forgot it' : 'Use my password after all'}
      </button>
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={onCancel}>Keep my account</Button>
        <Button type="submit" variant="danger" busy={busy}>
          {by === 'password' ? 'Delete it for good' : 'Send me a code'}
        </Button>
      </div>
    </form>
  )
}

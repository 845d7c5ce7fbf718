import { zodResolver } from '@hookform/resolvers/zod'
import { RegisterBody } from '@marquee/contracts/auth'
import { useState } from 'react'
import { Controller, useForm, useWatch } from 'react-hook-form'
import type { z } from 'zod'
import { CodeStep } from '../../../components/otp/code-step.tsx'
import { PhoneInput } from '../../../components/otp/phone-input.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { Field, Input } from '../../../components/ui/field.tsx'
import { FormAlert } from '../../../components/ui/form-alert.tsx'
import { PasswordInput } from '../../../components/ui/password-input.tsx'
import { Segmented } from '../../../components/ui/segmented.tsx'
import { ApiError, isApiError } from '../../../lib/api-error.ts'
import { asSentence, spreadErrors } from '../../../lib/form-errors.ts'
import { type SentCode, sendCode } from '../../../lib/otp.ts'
import { signUp } from '../session-actions.ts'

/** All but the proof, which comes with the code. */
const Details = RegisterBody.omit({ proof: true })
const FIELDS = ['name', 'email', 'phone', 'password'] as const
const TAKEN = {
  EMAIL_TAKEN: { field: 'email', words: 'This address has an account already. Sign in instead.' },
  PHONE_TAKEN: { field: 'phone', words: 'This number belongs to another account.' },
} as const

/** Details first, then the code that proves the address or the number. What was typed stays, whatever the code says. */
export function SignUpForm({ onSignedUp }: { onSignedUp: () => void }) {
  const [failure, setFailure] = useState<string | null>(null)
  const [sent, setSent] = useState<SentCode | null>(null)
  const [by, setBy] = useState<'email' | 'phone'>('email')
  /** A proof that no account came of yet, and where its code went: changing the password needs no second one. */
  const [proven, setProven] = useState<{ to: string; proof: string } | null>(null)
  const form = useForm({ resolver: zodResolver(Details), defaultValues: { name: '', email: '', password: '' } })
  const { errors, isSubmitting } = form.formState
  const hasPhone = Boolean(useWatch({ control: form.control, name: 'phone' }))
  /** A number that was taken out again gets no code. */
  const target = (body: z.infer<typeof Details>) =>
    by === 'phone' && body.phone ? { phone: body.phone } : { email: body.email }

  /** Puts what is wrong beside its field, and goes back there. */
  const tell = (error: unknown) => {
    setSent(null)
    const taken = error instanceof ApiError && (error.code === 'EMAIL_TAKEN' || error.code === 'PHONE_TAKEN')
    if (!taken) return setFailure(spreadErrors(error, FIELDS, form.setError))
    const { field, words } = TAKEN[error.code as keyof typeof TAKEN]
    form.setError(field, { message: words }, { shouldFocus: true })
  }

  const register = async (body: z.infer<typeof Details>, proof: string) => {
    setProven({ to: Object.values(target(body)).join(), proof })
    await signUp({ ...body, proof })
    onSignedUp()
  }

  const submit = form.handleSubmit(async (body) => {
    setFailure(null)
    try {
      if (proven && proven.to === Object.values(target(body)).join()) {
        try {
          return await register(body, proven.proof)
        } catch (error) {
          if (!isApiError(error, 'OTP_ENDED')) throw error
          setProven(null)
        }
      }
      setSent(await sendCode({ purpose: 'register', ...target(body) }))
    } catch (error) {
      tell(error)
    }
  })

  const finish = (proof: string) =>
    form
      .handleSubmit((body) => register(body, proof))()
      .catch(tell)

  return (
    <>
      {sent && (
        <CodeStep
          key={sent.challengeId}
          sent={sent}
          submitLabel="Create the account"
          backLabel="Change my details"
          onBack={() => setSent(null)}
          onProof={finish}
        />
      )}
      <form onSubmit={(event) => void submit(event)} noValidate hidden={sent !== null} className="flex flex-col gap-5">
        <FormAlert message={failure} />
        <Field label="Name" error={asSentence(errors.name?.message)}>
          <Input {...form.register('name')} autoComplete="name" />
        </Field>
        <Field
          label="Email"
          hint={
            by === 'phone' && hasPhone
              ? 'Your tickets are sent here.'
              : 'Your tickets are sent here. We check it with a code.'
          }
          error={asSentence(errors.email?.message)}
        >
          <Input {...form.register('email')} type="email" autoComplete="email" inputMode="email" />
        </Field>
        <Field label="Phone (optional)" error={asSentence(errors.phone?.message)}>
          <Controller
            control={form.control}
            name="phone"
            render={({ field }) => (
              <PhoneInput onChange={(number) => field.onChange(number || undefined)} onBlur={field.onBlur} />
            )}
          />
        </Field>
        {hasPhone && (
          <div className="flex flex-col items-start gap-2">
            <p aria-hidden="true" className="font-medium text-14">
              Where to send the code
            </p>
            <Segmented
              label="Where to send the code"
              value={by}
              options={[
                { value: 'email', label: 'By email' },
                { value: 'phone', label: 'By text message' },
              ]}
              onChange={setBy}
            />
          </div>
        )}
        <Field
          label="Password"
          // The error says the same again.
          hint={errors.password ? undefined : 'At least 8 characters.'}
          error={asSentence(errors.password?.message)}
        >
          <PasswordInput {...form.register('password')} autoComplete="new-password" />
        </Field>
        <Button type="submit" variant="primary" size="lg" wide busy={isSubmitting}>
          Continue
        </Button>
      </form>
    </>
  )
}

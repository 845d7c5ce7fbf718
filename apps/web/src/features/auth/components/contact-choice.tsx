import type { SendOtpBody } from '@marquee/contracts/otp'
import { useState } from 'react'
import { Controller, useForm } from 'react-hook-form'
import { PhoneInput } from '../../../components/otp/phone-input.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { Field, Input } from '../../../components/ui/field.tsx'
import { FormAlert } from '../../../components/ui/form-alert.tsx'
import { Segmented } from '../../../components/ui/segmented.tsx'
import { ApiError } from '../../../lib/api-error.ts'
import { asSentence, spreadErrors } from '../../../lib/form-errors.ts'
import { type SentCode, sendCode } from '../../../lib/otp.ts'

/** Where the code shall go, by mail or by text; sends it. */
export function ContactChoice({
  purpose,
  onSent,
  submitLabel = 'Send me a code',
}: {
  purpose: SendOtpBody['purpose']
  onSent: (sent: SentCode) => void
  submitLabel?: string
}) {
  const [by, setBy] = useState<'email' | 'phone'>('email')
  const [failure, setFailure] = useState<string | null>(null)
  const form = useForm({ defaultValues: { email: '', phone: '' } })
  const { errors, isSubmitting } = form.formState

  const submit = form.handleSubmit(async (values) => {
    setFailure(null)
    const value = values[by].trim()
    if (value === '') {
      const words = by === 'email' ? 'Enter your email address.' : 'Enter your phone number.'
      form.setError(by, { message: words }, { shouldFocus: true })
      return
    }
    try {
      onSent(await sendCode({ purpose, [by]: value }))
    } catch (error) {
      // The API names the field it is about, or the form as a whole.
      setFailure(error instanceof ApiError ? spreadErrors(error, [by], form.setError) : 'The code was not sent.')
    }
  })

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-5">
      <FormAlert message={failure} />
      <Segmented
        label="Where to send the code"
        value={by}
        options={[
          { value: 'email', label: 'By email' },
          { value: 'phone', label: 'By text message' },
        ]}
        onChange={(next) => {
          setBy(next)
          form.reset()
          setFailure(null)
        }}
        className="self-start"
      />
      {by === 'email' ? (
        <Field label="Email" error={asSentence(errors.email?.message)}>
          <Input {...form.register('email')} type="email" autoComplete="username" inputMode="email" />
        </Field>
      ) : (
        <Field label="Phone number" error={asSentence(errors.phone?.message)}>
          <Controller
            control={form.control}
            name="phone"
            render={({ field }) => <PhoneInput onChange={field.onChange} onBlur={field.onBlur} />}
          />
        </Field>
      )}
      <Button type="submit" variant="primary" size="lg" wide busy={isSubmitting}>
        {submitLabel}
      </Button>
    </form>
  )
}

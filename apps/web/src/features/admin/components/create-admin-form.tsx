import { zodResolver } from '@hookform/resolvers/zod'
import { CreateAdminBody } from '@marquee/contracts/admin'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Controller, useForm } from 'react-hook-form'
import { PhoneInput } from '../../../components/otp/phone-input.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { Field, Input } from '../../../components/ui/field.tsx'
import { FormAlert } from '../../../components/ui/form-alert.tsx'
import { PasswordInput } from '../../../components/ui/password-input.tsx'
import { toast } from '../../../components/ui/toast.ts'
import { ApiError } from '../../../lib/api-error.ts'
import { asSentence, spreadErrors } from '../../../lib/form-errors.ts'
import { createAdmin } from '../api.ts'
import { TheatreChoice } from './theatre-choice.tsx'

const FIELDS = ['name', 'email', 'phone', 'username', 'password'] as const
/** Refusals that are about one field, told beside it. */
const TAKEN = { EMAIL_TAKEN: 'email', PHONE_TAKEN: 'phone', USERNAME_TAKEN: 'username' } as const
const orNothing = { setValueAs: (text: unknown) => (text === '' ? undefined : text) }

export function CreateAdminForm({ onDone }: { onDone: () => void }) {
  const client = useQueryClient()
  const [failure, setFailure] = useState<string | null>(null)
  const form = useForm({
    resolver: zodResolver(CreateAdminBody),
    defaultValues: { name: '', email: '', password: '', theatreIds: [] as string[] },
  })
  const { errors, isSubmitting } = form.formState

  const submit = form.handleSubmit(async (body) => {
    setFailure(null)
    try {
      const made = await createAdmin(body)
      void client.invalidateQueries({ queryKey: ['admin', 'users'] })
      void toast(`${made.name} can sign in now.`, { tone: 'ok', description: 'Tell them the password yourself.' })
      onDone()
    } catch (error) {
      const field = error instanceof ApiError && error.code in TAKEN ? TAKEN[error.code as keyof typeof TAKEN] : null
      if (field) form.setError(field, { message: (error as ApiError).message }, { shouldFocus: true })
      else setFailure(spreadErrors(error, FIELDS, form.setError))
    }
  })

  return (
    <form onSubmit={(event) => void submit(event)} noValidate autoComplete="off" className="flex flex-col gap-5">
      <FormAlert message={failure} />
      <Field label="Name" error={asSentence(errors.name?.message)}>
        <Input {...form.register('name')} autoComplete="off" />
      </Field>
      <Field label="Email address" error={asSentence(errors.email?.message)}>
        <Input {...form.register('email')} type="email" autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </Field>
      <Field label="Mobile number (optional)" error={asSentence(errors.phone?.message)}>
        <Controller
          control={form.control}
          name="phone"
          render={({ field: { onChange, onBlur } }) => (
            <PhoneInput onBlur={onBlur} onChange={(e164) => onChange(e164 || undefined)} />
          )}
        />
      </Field>
      <Field label="Username (optional)" error={asSentence(errors.username?.message)}>
        <Input {...form.register('username', orNothing)} autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </Field>
      <Field
        label="First password"
        hint="For one sign-in only: it asks for another at once."
        error={asSentence(errors.password?.message)}
      >
        <PasswordInput {...form.register('password')} autoComplete="new-password" />
      </Field>
      <Controller
        control={form.control}
        name="theatreIds"
        render={({ field: { value, onChange } }) => <TheatreChoice chosen={value ?? []} onChange={onChange} />}
      />
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={isSubmitting}>
          Create the admin
        </Button>
      </div>
    </form>
  )
}

import { zodResolver } from '@hookform/resolvers/zod'
import { RegisterBody } from '@marquee/contracts/auth'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { Button } from '../../../components/ui/button.tsx'
import { Field, Input } from '../../../components/ui/field.tsx'
import { isApiError } from '../../../lib/api-error.ts'
import { asSentence, spreadErrors } from '../form-errors.ts'
import { signUp } from '../session-actions.ts'
import { FormAlert } from './form-alert.tsx'
import { PasswordInput } from './password-input.tsx'

export function SignUpForm({ onSignedUp }: { onSignedUp: () => void }) {
  const [failure, setFailure] = useState<string | null>(null)
  const form = useForm({ resolver: zodResolver(RegisterBody), defaultValues: { name: '', email: '', password: '' } })
  const { errors, isSubmitting } = form.formState

  const submit = form.handleSubmit(async (body) => {
    setFailure(null)
    try {
      await signUp(body)
      onSignedUp()
    } catch (error) {
      if (isApiError(error, 'EMAIL_TAKEN')) {
        form.setError(
          'email',
          { message: 'This address has an account already. Sign in instead.' },
          { shouldFocus: true },
        )
      } else {
        setFailure(spreadErrors(error, ['name', 'email', 'password'], form.setError))
      }
    }
  })

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-5">
      <FormAlert message={failure} />
      <Field label="Name" error={asSentence(errors.name?.message)}>
        <Input {...form.register('name')} autoComplete="name" />
      </Field>
      <Field label="Email" hint="Your tickets are sent here." error={asSentence(errors.email?.message)}>
        <Input {...form.register('email')} type="email" autoComplete="email" inputMode="email" />
      </Field>
      <Field
        label="Password"
        // The error says the same again.
        hint={errors.password ? undefined : 'At least 8 characters.'}
        error={asSentence(errors.password?.message)}
      >
        <PasswordInput {...form.register('password')} autoComplete="new-password" />
      </Field>
      <Button type="submit" variant="primary" size="lg" wide busy={isSubmitting}>
        Create the account
      </Button>
    </form>
  )
}

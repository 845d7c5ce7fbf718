import { zodResolver } from '@hookform/resolvers/zod'
import { LoginBody } from '@marquee/contracts/auth'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { Button } from '../../../components/ui/button.tsx'
import { Field, Input } from '../../../components/ui/field.tsx'
import { isApiError } from '../../../lib/api-error.ts'
import { asSentence, spreadErrors } from '../form-errors.ts'
import { signIn } from '../session-actions.ts'
import { DemoAccounts } from './demo-accounts.tsx'
import { FormAlert } from './form-alert.tsx'
import { PasswordInput } from './password-input.tsx'

export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const [failure, setFailure] = useState<string | null>(null)
  const form = useForm({ resolver: zodResolver(LoginBody), defaultValues: { email: '', password: '' } })
  const { errors, isSubmitting } = form.formState

  const submit = form.handleSubmit(async (body) => {
    setFailure(null)
    try {
      await signIn(body)
      onSignedIn()
    } catch (error) {
      if (isApiError(error, 'BAD_CREDENTIALS')) {
        setFailure('That email and password do not go together. Check both and try again.')
        form.resetField('password')
        form.setFocus('password')
      } else {
        setFailure(spreadErrors(error, ['email', 'password'], form.setError))
      }
    }
  })

  return (
    <>
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-5">
        <FormAlert message={failure} />
        <Field label="Email" error={asSentence(errors.email?.message)}>
          <Input {...form.register('email')} type="email" autoComplete="username" inputMode="email" />
        </Field>
        <Field label="Password" error={asSentence(errors.password?.message)}>
          <PasswordInput {...form.register('password')} autoComplete="current-password" />
        </Field>
        <Button type="submit" variant="primary" size="lg" wide busy={isSubmitting}>
          Sign in
        </Button>
      </form>
      <DemoAccounts
        onChoose={(account) => {
          form.setValue('email', account.email, { shouldValidate: true })
          form.setValue('password', account.password, { shouldValidate: true })
        }}
      />
    </>
  )
}

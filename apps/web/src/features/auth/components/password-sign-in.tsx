import { zodResolver } from '@hookform/resolvers/zod'
import { LoginBody } from '@marquee/contracts/auth'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { Link } from 'react-router'
import { Button } from '../../../components/ui/button.tsx'
import { Field, Input } from '../../../components/ui/field.tsx'
import { FormAlert } from '../../../components/ui/form-alert.tsx'
import { PasswordInput } from '../../../components/ui/password-input.tsx'
import { isApiError } from '../../../lib/api-error.ts'
import { asSentence, spreadErrors } from '../../../lib/form-errors.ts'
import { signIn } from '../session-actions.ts'
import { DemoAccounts } from './demo-accounts.tsx'

export function PasswordSignIn({ onSignedIn, forgotHref }: { onSignedIn: () => void; forgotHref: string }) {
  const [failure, setFailure] = useState<string | null>(null)
  const form = useForm({ resolver: zodResolver(LoginBody), defaultValues: { identifier: '', password: '' } })
  const { errors, isSubmitting } = form.formState

  const submit = form.handleSubmit(async (body) => {
    setFailure(null)
    try {
      await signIn(body)
      onSignedIn()
    } catch (error) {
      if (isApiError(error, 'BAD_CREDENTIALS')) {
        setFailure('These do not go together. Check both, or sign in with a code.')
        form.resetField('password')
        form.setFocus('password')
      } else {
        setFailure(spreadErrors(error, ['identifier', 'password'], form.setError))
      }
    }
  })

  return (
    <>
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-5">
        <FormAlert message={failure} />
        <Field label="Email, phone or username" error={asSentence(errors.identifier?.message)}>
          <Input
            {...form.register('identifier')}
            type="text"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
        </Field>
        <Field label="Password" error={asSentence(errors.password?.message)}>
          <PasswordInput {...form.register('password')} autoComplete="current-password" />
        </Field>
        <Button type="submit" variant="primary" size="lg" wide busy={isSubmitting}>
          Sign in
        </Button>
        <Link
          to={forgotHref}
          className="-my-2 inline-flex min-h-11 items-center self-start text-marquee-text underline underline-offset-4"
        >
          I forgot my password
        </Link>
      </form>
      <DemoAccounts
        onChoose={(account) => {
          form.setValue('identifier', account.email, { shouldValidate: true })
          form.setValue('password', account.password, { shouldValidate: true })
        }}
      />
    </>
  )
}

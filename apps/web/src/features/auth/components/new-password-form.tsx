import { zodResolver } from '@hookform/resolvers/zod'
import { ResetPasswordBody } from '@marquee/contracts/account'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { Button } from '../../../components/ui/button.tsx'
import { Field } from '../../../components/ui/field.tsx'
import { FormAlert } from '../../../components/ui/form-alert.tsx'
import { PasswordInput } from '../../../components/ui/password-input.tsx'
import { asSentence, spreadErrors } from '../../../lib/form-errors.ts'
import { resetPassword } from '../session-actions.ts'

/** After the code: one field, because the password can be looked at. */
export function NewPasswordForm({ proof, onChanged }: { proof: string; onChanged: () => void }) {
  const [failure, setFailure] = useState<string | null>(null)
  const form = useForm({ resolver: zodResolver(ResetPasswordBody), defaultValues: { proof, newPassword: '' } })
  const { errors, isSubmitting } = form.formState
  const submit = form.handleSubmit(async (body) => {
    setFailure(null)
    try {
      await resetPassword(body)
      onChanged()
    } catch (error) {
      setFailure(spreadErrors(error, ['newPassword'], form.setError))
    }
  })
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-5">
      <FormAlert message={failure} />
      <Field
        label="New password"
        hint={
          errors.newPassword ? undefined : 'At least 8 characters. Everybody signed in to this account is signed out.'
        }
        error={asSentence(errors.newPassword?.message)}
      >
        <PasswordInput {...form.register('newPassword')} autoComplete="new-password" />
      </Field>
      <Button type="submit" variant="primary" size="lg" wide busy={isSubmitting}>
        Change the password
      </Button>
    </form>
  )
}

import { zodResolver } from '@hookform/resolvers/zod'
import { ChangePasswordBody } from '@marquee/contracts/account'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { Button } from '../../../components/ui/button.tsx'
import { Field } from '../../../components/ui/field.tsx'
import { FormAlert } from '../../../components/ui/form-alert.tsx'
import { PasswordInput } from '../../../components/ui/password-input.tsx'
import { isApiError } from '../../../lib/api-error.ts'
import { asSentence, spreadErrors } from '../../../lib/form-errors.ts'
import { changePassword } from '../api.ts'

export function PasswordForm({ onChanged, primary = false }: { onChanged: () => void; primary?: boolean }) {
  const [failure, setFailure] = useState<string | null>(null)
  const form = useForm({
    resolver: zodResolver(ChangePasswordBody),
    defaultValues: { currentPassword: '', newPassword: '' },
  })
  const { errors, isSubmitting } = form.formState

  const submit = form.handleSubmit(async (body) => {
    setFailure(null)
    try {
      await changePassword(body)
      form.reset()
      onChanged()
    } catch (error) {
      if (isApiError(error, 'BAD_CREDENTIALS')) {
        form.setError('currentPassword', { message: 'This is not your present password.' }, { shouldFocus: true })
      } else setFailure(spreadErrors(error, ['currentPassword', 'newPassword'], form.setError))
    }
  })

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-5">
      <FormAlert message={failure} />
      <Field label="Present password" error={asSentence(errors.currentPassword?.message)}>
        <PasswordInput {...form.register('currentPassword')} autoComplete="current-password" />
      </Field>
      <Field
        label="New password"
        hint={errors.newPassword ? undefined : 'At least 8 characters. Other devices are signed out.'}
        error={asSentence(errors.newPassword?.message)}
      >
        <PasswordInput {...form.register('newPassword')} autoComplete="new-password" />
      </Field>
      <Button type="submit" variant={primary ? 'primary' : 'secondary'} busy={isSubmitting} className="self-start">
        Change the password
      </Button>
    </form>
  )
}

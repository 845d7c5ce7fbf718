import { zodResolver } from '@hookform/resolvers/zod'
import { ProfilePatch } from '@marquee/contracts/account'
import type { User } from '@marquee/contracts/auth'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { Button } from '../../../components/ui/button.tsx'
import { Field, Input } from '../../../components/ui/field.tsx'
import { FormAlert } from '../../../components/ui/form-alert.tsx'
import { isApiError } from '../../../lib/api-error.ts'
import { asSentence, spreadErrors } from '../../../lib/form-errors.ts'
import { saveProfile } from '../api.ts'

export function ProfileForm({ user }: { user: User }) {
  const [failure, setFailure] = useState<string | null>(null)
  const [saved, setSaved] = useState(false)
  const form = useForm({
    resolver: zodResolver(ProfilePatch),
    defaultValues: { name: user.name, username: user.username },
  })
  const { errors, isSubmitting, isDirty } = form.formState

  const submit = form.handleSubmit(async (patch) => {
    setFailure(null)
    try {
      const { name, username } = await saveProfile(patch)
      form.reset({ name, username })
      setSaved(true)
    } catch (error) {
      if (isApiError(error, 'USERNAME_TAKEN')) {
        form.setError('username', { message: 'Somebody has this name already.' }, { shouldFocus: true })
      } else setFailure(spreadErrors(error, ['name', 'username'], form.setError))
    }
  })

  return (
    <form
      onSubmit={(event) => void submit(event)}
      onChange={() => setSaved(false)}
      noValidate
      className="flex flex-col gap-5"
    >
      <FormAlert message={failure} />
      <Field label="Name" hint="As it stands on your invoices." error={asSentence(errors.name?.message)}>
        <Input {...form.register('name')} autoComplete="name" />
      </Field>
      <Field
        label="Username (optional)"
        hint="Signs you in as well as your email address does."
        error={asSentence(errors.username?.message)}
      >
        <Input
          {...form.register('username', { setValueAs: (text: string | null) => text?.trim() || null })}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" busy={isSubmitting} disabled={!isDirty}>
          Save
        </Button>
        <p role="status" className="text-14 text-ok empty:hidden">
          {saved && 'Saved.'}
        </p>
      </div>
    </form>
  )
}

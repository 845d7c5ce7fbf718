import type { SourceRow, UpdateSourceBody } from '@marquee/contracts/listings'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { Dialog } from '../../../components/ui/dialog.tsx'
import { Field, Input, Textarea } from '../../../components/ui/field.tsx'
import { toast } from '../../../components/ui/toast.ts'
import { isApiError } from '../../../lib/api-error.ts'
import { asSentence } from '../../../lib/form-errors.ts'
import { formText } from '../../../lib/form-text.ts'
import { freezeSource, updateSource } from '../watching-api.ts'

export type SourceAct = 'on' | 'off' | 'manners' | 'freeze' | 'thaw'

const WORDS: Record<SourceAct, { title: string; why: string; does: string; done: string }> = {
  on: {
    title: 'Switch on',
    why: 'From then on our reader asks this site, as gently as its settings and its robots.txt say. What you write here is kept with your name.',
    does: 'Switch it on',
    done: 'is switched on',
  },
  off: {
    title: 'Switch off',
    why: 'It is asked no more, and whoever waits is told so. Switching it on again needs a reason again.',
    does: 'Switch it off',
    done: 'is switched off',
  },
  manners: {
    title: 'Manners',
    why: 'How gently it is asked. Its own robots.txt may ask for more, and is obeyed.',
    does: 'Save',
    done: 'has new manners',
  },
  freeze: {
    title: 'Freeze',
    why: 'The kill switch: it is still looked at, but nothing of it is told to anybody until it is thawed. What opens meanwhile is held for you.',
    does: 'Freeze it',
    done: 'is frozen',
  },
  thaw: {
    title: 'Thaw',
    why: 'What opens from now on is told again. What was held stays held until you have decided about each.',
    does: 'Thaw it',
    done: 'tells again',
  },
}

/** One decision about one source, with its reason. */
export function SourceDialog({ source, act, onClose }: { source: SourceRow; act: SourceAct; onClose: () => void }) {
  const client = useQueryClient()
  const form = useId()
  const [wrong, setWrong] = useState<string | null>(null)
  const words = WORDS[act]
  const save = useMutation({
    mutationFn: (data: FormData) => {
      if (act === 'freeze' || act === 'thaw') return freezeSource(source.id, act, formText(data, 'reason'))
      if (act === 'off') return updateSource(source.id, { enabled: false })
      return updateSource(source.id, {
        ...(act === 'on' ? { enabled: true, permission: formText(data, 'reason') } : {}),
        ...changed(source, data),
      })
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['admin'] })
      onClose()
      void toast(`${source.name} ${words.done}.`, { tone: 'ok' })
    },
  })
  const fields = isApiError(save.error) ? save.error.fields : []
  const errorOf = (...names: string[]) => asSentence(fields.find(({ field }) => names.includes(field))?.message)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const least = act === 'on' ? 10 : act === 'freeze' || act === 'thaw' ? 3 : 0
    const short = formText(data, 'reason').length < least
    setWrong(short ? (act === 'on' ? 'Say in a sentence why polling this site is permitted.' : 'Say why.') : null)
    if (!short) return save.mutate(data)
    const reason = event.currentTarget.elements.namedItem('reason')
    if (reason instanceof HTMLElement) reason.focus()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      kind="sheet"
      title={`${words.title}: ${source.name}`}
      description={words.why}
      footer={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button
            type="submit"
            form={form}
            variant={act === 'off' || act === 'freeze' ? 'danger' : 'primary'}
            busy={save.isPending}
          >
            {words.does}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="flex flex-col gap-5">
        {act === 'on' && (
          <Field
            label="Why is polling this site permitted?"
            hint="For example: a contract and its date, their terms and the paragraph, a letter from them."
            error={wrong ?? errorOf('permission')}
          >
            <Textarea name="reason" maxLength={500} rows={3} required />
          </Field>
        )}
        {(act === 'freeze' || act === 'thaw') && (
          <Field label="Why?" error={wrong ?? errorOf('reason')}>
            <Textarea name="reason" maxLength={300} rows={2} required />
          </Field>
        )}
        {(act === 'on' || act === 'manners') && (
          <div className="grid gap-5 sm:grid-cols-3">
            <Field label="Gap, seconds" hint="10 or more" error={errorOf('minGapSeconds')}>
              <Input name="minGapSeconds" inputMode="numeric" defaultValue={source.minGapSeconds} />
            </Field>
            <Field label="Budget a day" hint="Requests" error={errorOf('dailyBudget')}>
              <Input name="dailyBudget" inputMode="numeric" defaultValue={source.dailyBudget} />
            </Field>
            <Field label="Every, seconds" hint="Empty: by the film" error={errorOf('intervalSeconds')}>
              <Input name="intervalSeconds" inputMode="numeric" defaultValue={source.intervalSeconds ?? ''} />
            </Field>
          </div>
        )}
        <p role="alert" className="text-14 text-danger empty:hidden">
          {fields.length === 0 && save.error?.message}
        </p>
      </form>
    </Dialog>
  )
}

/** Only what is other than it was: a source of our own may have settings that nobody could choose here. */
function changed(source: SourceRow, data: FormData): UpdateSourceBody {
  const number = (name: string) => (formText(data, name) === '' ? null : Number(formText(data, name)))
  const [gap, budget, interval] = [number('minGapSeconds'), number('dailyBudget'), number('intervalSeconds')]
  return {
    ...(gap !== null && gap !== source.minGapSeconds ? { minGapSeconds: gap } : {}),
    ...(budget !== null && budget !== source.dailyBudget ? { dailyBudget: budget } : {}),
    ...(interval !== source.intervalSeconds ? { intervalSeconds: interval } : {}),
  }
}

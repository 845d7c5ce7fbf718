import { clsx } from 'clsx'
import { CircleAlert } from 'lucide-react'
import { type ComponentProps, createContext, type ReactNode, use, useId } from 'react'

interface FieldIds {
  id: string
  describedBy: string | undefined
  invalid: boolean
}
const FieldContext = createContext<FieldIds | null>(null)

interface FieldProps {
  label: string
  hint?: ReactNode
  /** One sentence that says what to change. */
  error?: string | undefined
  children: ReactNode
  className?: string
}

/** Label, control, hint and error, wired together for every reader. The control inside finds its ids by itself. */
export function Field({ label, hint, error, children, className }: FieldProps) {
  const id = useId()
  const hintId = hint ? `${id}-hint` : undefined
  const errorId = error ? `${id}-error` : undefined
  const describedBy = [errorId, hintId].filter(Boolean).join(' ') || undefined
  return (
    <div className={clsx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="font-medium text-14">
        {label}
      </label>
      <FieldContext value={{ id, describedBy, invalid: error !== undefined }}>{children}</FieldContext>
      {error && (
        <p id={errorId} className="flex items-start gap-1.5 text-14 text-danger">
          <CircleAlert aria-hidden="true" className="mt-0.75 size-4 shrink-0" />
          {error}
        </p>
      )}
      {hint && (
        <p id={hintId} className="text-14 text-muted">
          {hint}
        </p>
      )}
    </div>
  )
}

function useFieldProps() {
  const field = use(FieldContext)
  if (!field) return {}
  return { id: field.id, 'aria-describedby': field.describedBy, 'aria-invalid': field.invalid || undefined }
}

// 16 px: phones zoom the page into any smaller field.
const control =
  'min-h-12 w-full rounded-control border border-control bg-raised px-3.5 text-16 text-text placeholder:text-muted transition-colors duration-150 hover:border-text aria-invalid:border-danger disabled:opacity-55'

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...useFieldProps()} {...rest} className={clsx(control, className)} />
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea {...useFieldProps()} {...rest} className={clsx(control, 'min-h-24 py-3', className)} />
}

/** The browser's own list: it works with every keyboard, reader and thumb. */
export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select {...useFieldProps()} {...rest} className={clsx(control, className)} />
}

/** A box with its words: the whole line can be pressed. */
export function Checkbox({ label, className, ...rest }: ComponentProps<'input'> & { label: ReactNode }) {
  return (
    <label className={clsx('flex min-h-11 cursor-pointer items-center gap-3', className)}>
      <input {...rest} type="checkbox" className="size-5 shrink-0" />
      <span className="min-w-0">{label}</span>
    </label>
  )
}

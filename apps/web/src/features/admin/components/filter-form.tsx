import { type FormEvent, type ReactNode, useRef } from 'react'

/** Filters whose choices take effect at once; words that are typed do so with Enter. */
export function FilterForm({ onChange, children }: { onChange: (form: FormData) => void; children: ReactNode }) {
  const form = useRef<HTMLFormElement>(null)
  const send = () => form.current && onChange(new FormData(form.current))
  return (
    <search>
      <form
        ref={form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          send()
        }}
        onChange={(event) => {
          const typed = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox'
          if (!typed) send()
        }}
        className="mt-4 mb-5 flex flex-wrap items-end gap-3"
      >
        {children}
      </form>
    </search>
  )
}

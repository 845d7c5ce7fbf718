import { ChevronDown } from 'lucide-react'
import { type ReactNode, useState } from 'react'

/** What most people leave alone: one line that says how it stands, the rest behind it. `force`: something in it is wrong. */
export function Disclosure({
  title,
  summary,
  force = false,
  children,
}: {
  title: string
  summary: string
  force?: boolean
  children: ReactNode
}) {
  const [open, setOpen] = useState(false)
  return (
    <details
      open={open || force}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group rounded-control border border-control"
    >
      <summary className="flex min-h-14 list-none items-center gap-4 rounded-control px-4 py-2.5 hover:bg-raised [&::-webkit-details-marker]:hidden">
        <span className="min-w-0 flex-1">
          <span className="block font-semibold">{title}</span>
          <span className="block text-14 text-muted">{summary}</span>
        </span>
        <ChevronDown
          aria-hidden="true"
          className="size-5 shrink-0 text-muted transition-transform duration-150 group-open:rotate-180"
        />
      </summary>
      <div className="flex flex-col gap-5 border-line border-t px-4 pt-4 pb-5">{children}</div>
    </details>
  )
}

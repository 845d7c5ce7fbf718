import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'

/** More of a row, for whoever wants it. `about` names it among many for whoever hears only the button. */
export function Unfold({ label, about, children }: { label: string; about: string; children: ReactNode }) {
  return (
    <details className="group">
      <summary className="inline-flex min-h-6 list-none items-center gap-1.5 whitespace-nowrap rounded-control text-marquee-text max-md:min-h-11 [&::-webkit-details-marker]:hidden">
        <ChevronDown
          aria-hidden="true"
          className="size-4 shrink-0 transition-transform duration-150 group-open:rotate-180"
        />
        {label}
        <span className="sr-only">: {about}</span>
      </summary>
      <div className="pt-1 pb-3">{children}</div>
    </details>
  )
}

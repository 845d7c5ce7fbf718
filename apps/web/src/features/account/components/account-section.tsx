import { type ReactNode, useId } from 'react'

/** What it is about stands beside its form on a desktop, above it on a phone. */
export function AccountSection({ title, intro, children }: { title: string; intro?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-5 border-line border-t py-8 md:grid-cols-[15rem_minmax(0,1fr)]"
    >
      <div>
        <h2 id={id} className="text-20">
          {title}
        </h2>
        {intro && <p className="mt-1.5 text-14 text-muted">{intro}</p>}
      </div>
      <div className="max-w-lg">{children}</div>
    </section>
  )
}

import type { ReactNode } from 'react'

/** One column, the form first; what it is good for stands beside it on a desktop. */
export function AuthFrame({
  title,
  intro,
  children,
  aside,
}: {
  title: string
  intro: ReactNode
  children: ReactNode
  aside?: ReactNode
}) {
  return (
    <div className="wrap grid grid-cols-[minmax(0,1fr)] gap-x-20 gap-y-10 pt-6 sm:pt-14 lg:grid-cols-[26rem_minmax(0,1fr)]">
      <div className="w-full max-w-md">
        <h1 className="text-34 sm:text-48">{title}</h1>
        <p className="mt-3 mb-7 text-muted">{intro}</p>
        {children}
      </div>
      {aside}
    </div>
  )
}

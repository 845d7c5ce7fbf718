import { CircleAlert } from 'lucide-react'

export function FormAlert({ message }: { message: string | null }) {
  return (
    // Out of the row while it is empty, so that it leaves no gap.
    <div role="alert" className="empty:absolute">
      {message && (
        <p className="flex items-start gap-2.5 rounded-control border border-danger px-3.5 py-3 text-danger">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
          {message}
        </p>
      )}
    </div>
  )
}

import { useId, useRef } from 'react'
import { Link } from 'react-router'
import { toast } from '../../../components/ui/toast.ts'
import { useSession } from '../../../lib/session.ts'
import { signOut } from '../session-actions.ts'

const entry = 'flex min-h-11 w-full items-center rounded-control px-3 text-left hover:bg-ground'

/** A native popover: light dismissal, Escape and the return of focus are the browser's. */
export function AccountMenu({ links }: { links: readonly { to: string; label: string }[] }) {
  const user = useSession((state) => state.user)
  const panel = useRef<HTMLDivElement>(null)
  const id = useId()
  if (!user) return null
  const close = () => panel.current?.hidePopover()

  function leave() {
    close()
    signOut().catch(
      () =>
        void toast('Signed out here. Marquee could not be reached, so other tabs may stay signed in.', {
          tone: 'danger',
        }),
    )
  }

  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={`Account of ${user.name}`}
        className="grid size-11 place-items-center rounded-full border border-control font-bold font-display uppercase hover:border-text"
      >
        {[...user.name.trim()][0] ?? '?'}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className="fixed inset-auto top-17 right-[max(1rem,calc((100vw-1240px)/2+2rem))] w-64 rounded-card border border-line bg-raised p-2 text-text shadow-float"
      >
        <p className="px-3 pt-2 pb-3">
          <span className="block truncate font-semibold">{user.name}</span>
          {user.email && <span className="block truncate text-14 text-muted">{user.email}</span>}
        </p>
        <ul>
          {links.map((link) => (
            <li key={link.to}>
              <Link to={link.to} onClick={close} className={entry}>
                {link.label}
              </Link>
            </li>
          ))}
          <li>
            <button type="button" onClick={leave} className={entry}>
              Sign out
            </button>
          </li>
        </ul>
      </div>
    </>
  )
}

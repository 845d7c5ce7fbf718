import { useId, useRef, useState } from 'react'
import { BellIcon } from '../../../components/bell-icon.tsx'
import { plural } from '../../../lib/format.ts'
import { useNotifications } from '../use-notifications.ts'
import { NotificationPanel } from './notification-panel.tsx'

/** What happened, for whoever is signed in. A native popover: light dismissal, Escape and the return of focus are the browser's. */
export function NotificationBell() {
  const { unread, urgent } = useNotifications()
  const [open, setOpen] = useState(false)
  const panel = useRef<HTMLElement>(null)
  const id = useId()
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={unread > 0 ? `Notifications, ${plural(unread, 'unread', 'unread')}` : 'Notifications'}
        className="relative grid size-11 place-items-center rounded-control hover:bg-raised [&_svg]:size-5"
      >
        <BellIcon />
        {unread > 0 && (
          <span
            aria-hidden="true"
            className="absolute top-1 right-0.5 grid h-4.5 min-w-4.5 place-items-center rounded-full bg-marquee px-1 font-semibold text-12 text-ink leading-none ring-2 ring-ground"
          >
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </button>
      <section
        ref={panel}
        id={id}
        popover="auto"
        aria-label="Notifications"
        onToggle={(event) => setOpen(event.newState === 'open')}
        className="fixed inset-auto top-17 right-[max(1rem,calc((100vw-1240px)/2+2rem))] max-h-[min(36rem,calc(100dvh-6rem))] w-[min(25rem,calc(100%-2rem))] overflow-y-auto overscroll-contain rounded-card border border-line bg-raised text-text shadow-float"
      >
        {open && <NotificationPanel unread={unread} onLeave={() => panel.current?.hidePopover()} />}
      </section>
      {/* The toast says it politely; somebody whose phone is about to ring should not have to wait for a pause. */}
      <p role="alert" className="sr-only">
        {urgent}
      </p>
    </>
  )
}

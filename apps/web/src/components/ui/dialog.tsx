import { clsx } from 'clsx'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, type RefObject, useRef } from 'react'
import { IconButton } from './icon-button.tsx'

interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** Read out after the title. Left out when the content says it all. */
  description?: ReactNode
  children: ReactNode
  /** Buttons, kept in sight while the content scrolls. */
  footer?: ReactNode
  /** A sheet rises from the foot of a phone and is a dialog on a desktop. */
  kind?: 'dialog' | 'sheet'
  className?: string
  /** What is focused first; without it the close button. Do not use autoFocus: focus could not go back afterwards. */
  initialFocus?: RefObject<HTMLElement | null>
}

/** Heavy (14 kB): import it only from files that are themselves loaded lazily. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  kind = 'dialog',
  className,
  initialFocus,
}: DialogProps) {
  const opener = useRef<Element | null>(null)
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-fade bg-black/60" />
        <Radix.Content
          onOpenAutoFocus={(event) => {
            opener.current = document.activeElement
            if (!initialFocus?.current) return
            event.preventDefault()
            initialFocus.current.focus()
          }}
          onCloseAutoFocus={(event) => {
            // Without a trigger of its own the library would leave focus nowhere.
            event.preventDefault()
            if (opener.current instanceof HTMLElement) opener.current.focus()
          }}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={clsx(
            'fixed z-50 flex max-h-[min(85dvh,46rem)] flex-col border border-line bg-raised shadow-float outline-none',
            kind === 'sheet'
              ? 'inset-x-0 bottom-0 animate-sheet rounded-t-card pb-[env(safe-area-inset-bottom)] sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-[min(32rem,calc(100vw-2rem))] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:animate-fade sm:rounded-card sm:pb-0'
              : 'top-1/2 left-1/2 w-[min(32rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 animate-fade rounded-card',
            className,
          )}
        >
          <div className="flex items-start gap-3 px-5 pt-4 pb-2">
            <div className="min-w-0 flex-1 pt-1.5">
              <Radix.Title className="text-20">{title}</Radix.Title>
              {description && <Radix.Description className="mt-1 text-14 text-muted">{description}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" className="-mr-2">
                <X aria-hidden="true" />
              </IconButton>
            </Radix.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-2 pb-5">{children}</div>
          {footer && <div className="flex flex-wrap justify-end gap-3 border-line border-t px-5 py-4">{footer}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

import type { ReactNode } from 'react'

/** The frame's own few icons, drawn here because the icon library's core alone would cost the first page 2 kB. */
function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={20}
      height={20}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

export function SearchIcon() {
  return (
    <Icon>
      <circle cx="10.5" cy="10.5" r="6.5" />
      <path d="M15.5 15.5 21 21" />
    </Icon>
  )
}

/** The lit sign of the logo, in the colour of its words. */
export function HomeIcon() {
  return (
    <Icon>
      <rect x="2.5" y="5" width="19" height="14" rx="3.5" />
      <path d="M7.5 12h.01M12 12h.01M16.5 12h.01" strokeWidth={2.8} />
    </Icon>
  )
}

export function FilmIcon() {
  return (
    <Icon>
      <rect x="3" y="4" width="18" height="16" rx="2.5" />
      <path d="M8 4v16M16 4v16M3 9.3h5M3 14.7h5M16 9.3h5M16 14.7h5" />
    </Icon>
  )
}

/** A screen above rows of seats. */
export function CinemaIcon() {
  return (
    <Icon>
      <path d="M3 7.5C9 5 15 5 21 7.5" />
      <path d="M6 13h12M4.5 18.5h15" strokeDasharray="2.6 3.4" strokeWidth={3.2} />
    </Icon>
  )
}

export function TicketIcon() {
  return (
    <Icon>
      <path d="M3 9V6.5h18V9a3 3 0 0 0 0 6v2.5H3V15a3 3 0 0 0 0-6Z" />
      <path d="M14.5 6.5v2m0 3v1m0 3v2" />
    </Icon>
  )
}

export function PersonIcon() {
  return (
    <Icon>
      <circle cx="12" cy="8.5" r="4" />
      <path d="M4.5 20.5c.8-4 3.6-6 7.5-6s6.7 2 7.5 6" />
    </Icon>
  )
}

/** Half lit: as the system; a moon; a sun. */
export function ThemeIcon({ theme }: { theme: 'system' | 'dark' | 'light' }) {
  return (
    <Icon>
      {theme === 'dark' && <path d="M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5Z" />}
      {theme === 'light' && (
        <>
          <circle cx="12" cy="12" r="4" />
          <path d="M12 2.5v2m0 15v2M2.5 12h2m15 0h2M5.3 5.3l1.4 1.4m10.6 10.6 1.4 1.4m0-13.4-1.4 1.4M6.7 17.3l-1.4 1.4" />
        </>
      )}
      {theme === 'system' && (
        <>
          <circle cx="12" cy="12" r="8.5" />
          <path d="M12 3.5a8.5 8.5 0 0 1 0 17Z" fill="currentColor" />
        </>
      )}
    </Icon>
  )
}

import { clsx } from 'clsx'
import { Link } from 'react-router'

interface LinkTabsProps {
  label: string
  tabs: readonly { to: string; label: string; current: boolean }[]
  className?: string
}

/** Views that have a URL each: links in a navigation, because a reload and the back button must find them again. */
export function LinkTabs({ label, tabs, className }: LinkTabsProps) {
  return (
    <nav aria-label={label} className={clsx('flex gap-6 overflow-x-auto border-line border-b', className)}>
      {tabs.map((tab) => (
        <Link
          key={tab.to}
          to={tab.to}
          aria-current={tab.current ? 'page' : undefined}
          preventScrollReset
          className={clsx(
            '-mb-px whitespace-nowrap border-b-2 py-3 font-medium transition-colors duration-150',
            tab.current ? 'border-marquee text-text' : 'border-transparent text-muted hover:text-text',
          )}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  )
}

import { useEffect } from 'react'

/** The page first, the site after: tabs are narrow. The layout reads it out after a change of page. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = title === 'Marquee' ? title : `${title} · Marquee`
  }, [title])
}

import { LinkButton } from './link-button.tsx'

interface PagerProps {
  total: number
  perPage: number
  page: number
  to: (page: number) => string
  words?: { back: string; on: string }
}

/** Nothing where one page is all there is. */
export function Pager({ total, perPage, page, to, words = { back: 'Newer', on: 'Older' } }: PagerProps) {
  const pages = Math.ceil(total / perPage)
  if (pages <= 1) return null
  return (
    <nav aria-label="Pages" className="mt-8 flex items-center justify-between gap-4">
      {page > 1 ? <LinkButton to={to(page - 1)}>{words.back}</LinkButton> : <span />}
      <p className="text-14 text-muted">
        Page {page} of {pages}
      </p>
      {page < pages ? <LinkButton to={to(page + 1)}>{words.on}</LinkButton> : <span />}
    </nav>
  )
}

/** The page an address asks for; the first where it asks for none. */
export const pageOf = (query: URLSearchParams) => Math.max(1, Math.trunc(Number(query.get('page'))) || 1)

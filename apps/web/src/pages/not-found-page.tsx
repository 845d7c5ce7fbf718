import { LinkButton } from '../components/ui/link-button.tsx'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'

interface NotFoundPageProps {
  /** What the address named, for example "film". */
  what?: string
}

export function NotFoundPage({ what = 'page' }: NotFoundPageProps) {
  usePageTitle('Not found')
  return (
    <div className="wrap flex flex-col items-start gap-5 py-14 sm:py-24">
      <p className="flex gap-1.5" aria-hidden="true">
        {['4', '0', '4'].map((seat, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: three fixed seats
            key={index}
            className={
              index === 1
                ? 'grid size-14 place-items-center rounded-card border-2 border-control border-dashed font-bold font-display text-26 text-muted'
                : 'grid size-14 place-items-center rounded-card bg-marquee font-bold font-display text-26 text-ink'
            }
          >
            {seat}
          </span>
        ))}
      </p>
      <h1 className="text-34 sm:text-48">This seat is empty</h1>
      <p className="max-w-[52ch] text-muted">
        There is no {what} at this address. It may have closed, or the link lost a letter on its way here.
      </p>
      <div className="flex flex-wrap gap-3">
        <LinkButton to={paths.home()} variant="primary">
          What is on tonight
        </LinkButton>
        <LinkButton to={paths.search()}>Search</LinkButton>
      </div>
    </div>
  )
}

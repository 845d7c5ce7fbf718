import { Fragment } from 'react'
import { differences } from '../differences.ts'

/** Line by line, what an act was about and changed: what was, struck out, and what is. */
export function Differences({ before, after }: { before: unknown; after: unknown }) {
  const changed = differences(before, after)
  if (changed.length === 0) return <p className="mt-1 text-muted">Nothing more was written.</p>
  return (
    <dl className="wrap-anywhere mt-1 max-w-96 rounded-control border border-line p-2 text-12">
      {changed.map(({ name, was, is }) => (
        <Fragment key={name}>
          <dt className="mt-1.5 font-medium first:mt-0">{name}</dt>
          {was !== null && was !== is && (
            <dd className="font-mono text-muted">
              <span className="sr-only">before: </span>
              <del>{was}</del>
            </dd>
          )}
          {is !== null && (
            <dd className="font-mono">
              <span className="sr-only">{was === is ? 'as before: ' : 'after: '}</span>
              {is}
            </dd>
          )}
        </Fragment>
      ))}
    </dl>
  )
}

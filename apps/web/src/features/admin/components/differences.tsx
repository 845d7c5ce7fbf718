import { Fragment } from 'react'
import { differences } from '../differences.ts'

/** Line by line, what an act changed: what was, struck out, and what is. */
export function Differences({ before, after }: { before: unknown; after: unknown }) {
  const changed = differences(before, after)
  if (changed.length === 0) return <p className="mt-1 text-muted">Nothing was different afterwards.</p>
  return (
    <dl className="wrap-anywhere mt-1 max-w-96 rounded-control border border-line p-2 text-12">
      {changed.map(({ name, was, is }) => (
        <Fragment key={name}>
          <dt className="mt-1.5 font-medium first:mt-0">{name}</dt>
          {was !== null && (
            <dd className="font-mono text-muted">
              <span className="sr-only">before: </span>
              <del>{was}</del>
            </dd>
          )}
          {is !== null && (
            <dd className="font-mono">
              <span className="sr-only">after: </span>
              {is}
            </dd>
          )}
        </Fragment>
      ))}
    </dl>
  )
}

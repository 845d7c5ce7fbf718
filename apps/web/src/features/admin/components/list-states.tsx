import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { EmptyState } from '../../../components/ui/empty-state.tsx'
import { ErrorState } from '../../../components/ui/error-state.tsx'
import { Loading, Skeleton } from '../../../components/ui/skeleton.tsx'

interface ListStatesProps<T> {
  query: UseQueryResult<T>
  /** "The users", as the error and the skeleton name them. */
  what: string
  isEmpty: (data: T) => boolean
  empty: { title: string; why: string }
  children: (data: T) => ReactNode
}

/** The states that every list here has: coming, failed, empty, there. */
export function ListStates<T>({ query, what, isEmpty, empty, children }: ListStatesProps<T>) {
  if (query.error && query.data === undefined) {
    return (
      <ErrorState
        error={query.error}
        title={`${what} did not load`}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    )
  }
  if (query.data === undefined) {
    return (
      <Loading label={`Loading: ${what.toLowerCase()}`} className="flex flex-col gap-2">
        {['a', 'b', 'c', 'd', 'e'].map((row) => (
          <Skeleton key={row} className="h-9 w-full" />
        ))}
      </Loading>
    )
  }
  if (isEmpty(query.data)) return <EmptyState title={empty.title}>{empty.why}</EmptyState>
  return children(query.data)
}

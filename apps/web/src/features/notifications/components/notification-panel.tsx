import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { Button } from '../../../components/ui/button.tsx'
import { Loading, Skeleton } from '../../../components/ui/skeleton.tsx'
import { paths } from '../../../lib/paths.ts'
import { listNotifications, readNotifications } from '../api.ts'
import { NotificationItem } from './notification-item.tsx'

const STEP = 10
const MOST = 100
/** A phone that was answered elsewhere has nothing to be answered here any more. */
const RINGING_MS = 3_000

export function NotificationPanel({ unread, onLeave }: { unread: number; onLeave: () => void }) {
  const client = useQueryClient()
  const [limit, setLimit] = useState(STEP)
  const list = useQuery({
    queryKey: ['notifications', limit],
    queryFn: ({ signal }) => listNotifications(limit, signal),
    staleTime: 0,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.items.some(({ alertId }) => alertId) ? RINGING_MS : false),
  })
  const read = useMutation({
    mutationFn: (ids?: string[]) => readNotifications(ids),
    onSettled: () => client.invalidateQueries({ queryKey: ['notifications'] }),
  })
  const { data } = list
  return (
    <>
      <div className="sticky top-0 z-1 flex min-h-13 items-center justify-between gap-4 border-line border-b bg-raised py-1 pr-2 pl-4">
        <h2 className="text-16">Notifications</h2>
        {unread > 0 && (
          <Button
            variant="accent"
            size="sm"
            className="min-h-11"
            busy={read.isPending}
            onClick={() => read.mutate(undefined)}
          >
            Mark all read
          </Button>
        )}
      </div>
      {!data && list.error && (
        <div role="alert" className="flex flex-col items-start gap-3 p-4 text-14">
          <p>
            <b className="font-medium">Your notifications did not load.</b> {list.error.message}
          </p>
          <Button size="sm" busy={list.isFetching} onClick={() => void list.refetch()}>
            Try again
          </Button>
        </div>
      )}
      {!data && !list.error && (
        <Loading label="Loading your notifications" className="flex flex-col gap-4 p-4">
          {['a', 'b', 'c'].map((row) => (
            <span key={row} className="flex flex-col gap-2">
              <Skeleton className="h-4 w-3/4" />
              <Skeleton className="h-4 w-full" />
            </span>
          ))}
        </Loading>
      )}
      {data?.items.length === 0 && (
        <div className="p-4 text-14">
          <p className="font-medium">Nothing yet</p>
          <p className="mt-1 text-muted">When booking opens for a film that you wait for, it stands here first.</p>
          <Link
            to={paths.alertMe()}
            onClick={onLeave}
            className="mt-2 inline-flex min-h-11 items-center font-semibold text-marquee-text"
          >
            Set an alert
          </Link>
        </div>
      )}
      {data && data.items.length > 0 && (
        <>
          <ul>
            {data.items.map((item) => (
              <NotificationItem
                key={item.id}
                notification={item}
                onOpen={() => {
                  if (item.readAt === null) read.mutate([item.id])
                  onLeave()
                }}
                onAnswered={() => {
                  if (item.readAt === null) read.mutate([item.id])
                }}
              />
            ))}
          </ul>
          <div className="flex flex-wrap items-center justify-between gap-x-4 px-4 py-1 text-14">
            {data.total > limit && limit < MOST ? (
              <Button
                variant="quiet"
                size="sm"
                className="-ml-3 min-h-11"
                busy={list.isPlaceholderData}
                onClick={() => setLimit(Math.min(MOST, limit + STEP))}
              >
                Show earlier ones
              </Button>
            ) : (
              <span />
            )}
            <Link
              to={paths.alerts()}
              onClick={onLeave}
              className="inline-flex min-h-11 items-center font-semibold text-marquee-text"
            >
              My alerts
            </Link>
          </div>
        </>
      )}
    </>
  )
}

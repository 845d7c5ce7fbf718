import { Skeleton } from '../../../components/ui/skeleton.tsx'

/** As an alert's card will stand there. */
export function CardSkeleton() {
  return (
    <div className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-4 gap-y-5 rounded-card border border-line bg-raised p-4 sm:grid-cols-[8rem_minmax(0,1fr)] sm:gap-x-7 sm:p-6">
      <Skeleton className="aspect-2/3 w-full sm:row-span-2" />
      <div className="flex flex-col gap-2.5">
        <Skeleton className="h-5 w-20" />
        <Skeleton className="h-7 w-3/5" />
        <Skeleton className="h-4 w-24" />
      </div>
      <div className="flex flex-col gap-3 max-sm:col-span-2">
        <Skeleton className="h-4 w-full" />
        <Skeleton className="h-4 w-4/5" />
        <Skeleton className="h-14 w-full" />
        <Skeleton className="h-11 w-56" />
      </div>
    </div>
  )
}

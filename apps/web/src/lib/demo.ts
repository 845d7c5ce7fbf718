import type { DemoAccountList } from '@marquee/contracts/auth'
import { queryOptions } from '@tanstack/react-query'
import { getPublic } from './public-api.ts'

/** Only a development API answers; anywhere else there is nothing. */
export const demoQuery = queryOptions({
  queryKey: ['demo-accounts'],
  queryFn: ({ signal }) => getPublic<DemoAccountList>('/api/dev/demo-accounts', {}, signal),
  retry: false,
  staleTime: Number.POSITIVE_INFINITY,
})

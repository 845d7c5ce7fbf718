import type { AlertView } from '@marquee/contracts/alerts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { dismissToast } from '../../components/ui/toast.ts'
import { leaveAlerts, useAlertToken } from './alert-token.ts'
import { type AlertMove, deleteAlert, getOptions, listAlerts, listFilms, moveAlert, snoozeAlert } from './api.ts'

/** While a phone rings, what became of it is news every few seconds; otherwise a look now and then keeps the times true. */
const RINGING_MS = 3_000
const CALM_MS = 20_000

export const alertFilmsQuery = (city: string | undefined) =>
  queryOptions({
    queryKey: ['alert-films', city],
    queryFn: ({ signal }) => listFilms(city ?? '', signal),
    enabled: city !== undefined,
  })

export const alertOptionsQuery = (city: string | undefined) =>
  queryOptions({
    queryKey: ['alert-options', city],
    queryFn: ({ signal }) => getOptions(city ?? '', signal),
    enabled: city !== undefined,
    staleTime: 5 * 60_000,
  })

export const isRinging = (alert: Pick<AlertView, 'alerts'>) => alert.alerts.some(({ state }) => state === 'RINGING')

/** @param who whose they are: another account or another link is another list */
export const alertsQuery = (who: string | null) =>
  queryOptions({
    queryKey: ['alerts', who],
    queryFn: ({ signal }) => listAlerts(signal),
    enabled: who !== null,
    staleTime: 0,
    refetchInterval: (query) => {
      if (query.state.error) return false
      return query.state.data?.some(isRinging) ? RINGING_MS : CALM_MS
    },
  })

/** Whatever was done, the list is asked for again: what it leads to is decided there. */
export function useAlertAct(alertId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (act: AlertMove | 'delete' | { snoozeMinutes: number }) => {
      if (act === 'delete') return deleteAlert(alertId)
      return typeof act === 'string' ? moveAlert(alertId, act) : snoozeAlert(alertId, act.snoozeMinutes)
    },
    onMutate: () => client.cancelQueries({ queryKey: ['alerts'] }),
    onSuccess: (_, act) => {
      // Answered or ended here: the toast about it has nothing more to ask.
      void dismissToast(alertId)
      if (act !== 'delete') return
      const lists = client.setQueriesData<AlertView[]>({ queryKey: ['alerts'] }, (list) =>
        list?.filter(({ id }) => id !== alertId),
      )
      if (useAlertToken.getState().token && lists.every(([, list]) => !list || list.length === 0)) leaveAlerts()
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['alerts'] }),
  })
}

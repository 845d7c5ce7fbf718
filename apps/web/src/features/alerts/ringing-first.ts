import type { AlertView } from '@marquee/contracts/alerts'
import { useState } from 'react'
import { isRinging } from './queries.ts'

/** What rings stands above the rest, and stays there once it was answered: no card leaves the hand that pressed on it. */
export function useRingingFirst(alerts: readonly AlertView[] | undefined): readonly AlertView[] | undefined {
  const [rang, setRang] = useState<readonly string[]>([])
  const news = (alerts ?? []).filter((alert) => isRinging(alert) && !rang.includes(alert.id)).map(({ id }) => id)
  if (news.length > 0) setRang([...news, ...rang])
  return alerts && ringingFirst(alerts, [...news, ...rang])
}

/** @param rang ids, the latest to ring first */
export function ringingFirst<Alert extends { id: string }>(
  alerts: readonly Alert[],
  rang: readonly string[],
): readonly Alert[] {
  const place = (id: string) => (rang.includes(id) ? rang.indexOf(id) : rang.length)
  return alerts.toSorted((a, b) => place(a.id) - place(b.id))
}

import type { AlertView } from '@marquee/contracts/alerts'
import { useEffect, useRef, useState } from 'react'
import { standing } from '../alert-standing.ts'
import { isRinging } from '../queries.ts'

/** Reads out what changed while the page stood open, for whoever does not see the cards change. */
export function StateNews({ alerts }: { alerts: readonly AlertView[] | undefined }) {
  const before = useRef<Map<string, string> | null>(null)
  const titles = useRef(new Map<string, string>())
  const [news, setNews] = useState('')
  useEffect(() => {
    if (!alerts) return
    const states = new Map(alerts.map((alert) => [alert.id, words(alert)]))
    const known = before.current
    if (known) {
      const changed = [
        ...alerts.filter(({ id }) => known.has(id) && known.get(id) !== states.get(id)).map(sentence),
        ...[...known.keys()].filter((id) => !states.has(id)).map((id) => `${titles.current.get(id)}: deleted.`),
      ]
      if (changed.length > 0) setNews(changed.join(' '))
    }
    before.current = states
    for (const { id, film } of alerts) titles.current.set(id, film.title)
  }, [alerts])
  return (
    <p role="status" className="sr-only">
      {news}
    </p>
  )
}

const words = (alert: AlertView) =>
  isRinging(alert)
    ? 'booking is open, we are telling you'
    : alert.held
      ? 'booking looks open, one of us checks it first'
      : standing(alert, false).words
const sentence = (alert: AlertView) => `${alert.film.title}: ${words(alert)}.`

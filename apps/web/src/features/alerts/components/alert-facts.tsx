import type { AlertView } from '@marquee/contracts/alerts'
import type { ReactNode } from 'react'
import { formatMoment, plural, zoneName } from '../../../lib/format.ts'
import { useNow } from '../../../lib/now.ts'
import { CHANNEL_NOUNS, CHANNELS, listed, unbroken } from '../alert-words.ts'

/** What was set and agreed to, word for word: behind a line, because whoever set it knows. */
export function AlertFacts({ alert }: { alert: AlertView }) {
  const { city, quietHours: quiet } = alert
  const now = useNow()
  const zone = zoneName(new Date(now).toISOString(), city.timeZone)
  const chosen = CHANNELS.filter((channel) => alert.channels.includes(channel))
  const toNumber = chosen.filter((channel) => channel === 'call' || channel === 'sms')
  const called = toNumber.length > 1 ? 'Call and text' : toNumber[0] && CHANNEL_NOUNS[toNumber[0]]
  const ways = [
    called && `${called}${alert.phone ? ` ${unbroken(alert.phone)}` : ''}`,
    chosen.includes('email') && `${CHANNEL_NOUNS.email}${alert.email ? ` ${alert.email}` : ''}`,
    chosen.includes('in_app') && CHANNEL_NOUNS.in_app,
    chosen.includes('push') && CHANNEL_NOUNS.push,
  ].filter((way) => typeof way === 'string')
  return (
    <dl className="grid gap-x-8 gap-y-4 text-14 sm:grid-cols-2">
      <Fact name="For">{alert.name}</Fact>
      <Fact name="Told by">
        {ways.map((way) => (
          <span key={way} className="block">
            {way}
          </span>
        ))}
      </Fact>
      <Fact name="Quiet hours">
        {quiet.from} to {quiet.to} {zone}
        {quiet.wakeMe && ', but woken all the same'}
      </Fact>
      <Fact name="Seats">
        {plural(alert.partySize, 'seat')} together
        {alert.seatsBack && '; also when seats come back'}
      </Fact>
      {alert.consents.length > 0 && (
        <div className="sm:col-span-2">
          <dt className="text-muted">You agreed</dt>
          <dd>
            <ul className="mt-1 flex flex-col gap-2">
              {alert.consents.map(({ channel, text, at }) => (
                <li key={channel}>
                  “{text}” <span className="text-muted">{formatMoment(at)}.</span>
                </li>
              ))}
            </ul>
          </dd>
        </div>
      )}
      {alert.theatres.length > 0 && <Fact name="Cinemas">{listed(alert.theatres.map(({ name }) => name))}</Fact>}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  )
}

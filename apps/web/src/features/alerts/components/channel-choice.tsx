import type { AlertChannel, AlertOptions } from '@marquee/contracts/alerts'
import { CircleAlert } from 'lucide-react'
import { useId, useState } from 'react'
import { Link, useLocation } from 'react-router'
import { ApiError } from '../../../lib/api-error.ts'
import { paths } from '../../../lib/paths.ts'
import { CHANNEL_LABELS, CHANNELS } from '../alert-words.ts'
import { PushRefused, pushImpossible, subscribeToPush } from '../browser-push.ts'

interface ChannelChoiceProps {
  chosen: readonly AlertChannel[]
  onChange: (channels: AlertChannel[]) => void
  options: Pick<AlertOptions, 'consent' | 'pushKey'>
  signedIn: boolean
  error?: string | undefined
  /** Why a way cannot be chosen here, where it cannot. */
  closed?: Partial<Record<AlertChannel, string>>
}

const NEEDS_ACCOUNT: ReadonlySet<AlertChannel> = new Set(['in_app', 'push'])

/** Nothing is ticked before they tick it, and what a tick agrees to stands beside the box, word for word. */
export function ChannelChoice({ chosen, onChange, options, signedIn, error, closed = {} }: ChannelChoiceProps) {
  const id = useId()
  const { pathname, search } = useLocation()
  const [asking, setAsking] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const offered = CHANNELS.filter((channel) => signedIn || !NEEDS_ACCOUNT.has(channel))
  const noPush = pushImpossible(options.pushKey)
  const without = (channel: AlertChannel) => chosen.filter((one) => one !== channel)

  async function toggle(channel: AlertChannel, on: boolean) {
    if (channel !== 'push' || !on) return onChange(on ? [...without(channel), channel] : without(channel))
    setRefused(null)
    setAsking(true)
    try {
      await subscribeToPush(options.pushKey ?? '')
      onChange([...without('push'), 'push'])
    } catch (failure) {
      const known = failure instanceof PushRefused || failure instanceof ApiError
      setRefused(known ? failure.message : 'This browser could not be set up. Choose another way.')
    }
    setAsking(false)
  }

  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined} className="min-w-0">
      <legend className="mb-1.5 font-medium text-14">How we tell you</legend>
      <ul className="overflow-hidden rounded-control border border-control">
        {offered.map((channel, index) => {
          const { name, detail } = CHANNEL_LABELS[channel]
          const why = closed[channel] ?? (channel === 'push' ? noPush : null)
          const on = chosen.includes(channel)
          const describedBy = `${id}-${channel}`
          return (
            <li key={channel} className="border-line not-last:border-b bg-raised has-checked:bg-ground">
              <label className="flex cursor-pointer items-start gap-3.5 px-4 py-3 has-disabled:cursor-default">
                <input
                  type="checkbox"
                  checked={on}
                  disabled={(why !== null && !on) || (channel === 'push' && asking)}
                  // The whole line can be pressed; its name is the first words of it, the rest describes it.
                  aria-labelledby={`${describedBy}-name`}
                  aria-describedby={describedBy}
                  aria-invalid={(error && index === 0) || undefined}
                  onChange={(event) => void toggle(channel, event.target.checked)}
                  className="mt-0.5 size-5 shrink-0"
                />
                <span className="min-w-0">
                  <span id={`${describedBy}-name`} className="font-semibold">
                    {name}
                  </span>
                  <span id={describedBy} className="mt-0.5 block text-14 text-muted">
                    {why ?? detail}
                    {!why && <span className="mt-1.5 block text-12">{options.consent.texts[channel]}</span>}
                  </span>
                </span>
              </label>
              {channel === 'push' && (
                <p role="status" className="px-4 pb-3 pl-12.5 text-14 text-danger empty:hidden">
                  {asking ? 'Waiting for your answer to the browser’s question …' : refused}
                </p>
              )}
            </li>
          )
        })}
      </ul>
      {error && (
        <p id={`${id}-error`} className="mt-1.5 flex items-start gap-1.5 text-14 text-danger">
          <CircleAlert aria-hidden="true" className="mt-0.75 size-4 shrink-0" />
          {error}
        </p>
      )}
      {!signedIn && (
        <p className="mt-2 text-14 text-muted">
          <Link
            to={paths.signIn(pathname + search)}
            className="text-marquee-text underline underline-offset-4 hover:no-underline"
          >
            Sign in
          </Link>{' '}
          to be told on this site and by your browser as well.
        </p>
      )}
    </fieldset>
  )
}

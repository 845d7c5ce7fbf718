import type { CarrierReceipt, DevCall } from '@marquee/contracts/carrier'
import type { z } from 'zod'
import { Badge } from '../../../components/ui/badge.tsx'
import { formatSecond, isActive, spacedNumber, stateWords, wentWell } from '../call-words.ts'

/** The call in the carrier's own books. */
export function CallFacts({ call }: { call: DevCall }) {
  const moments = [
    ['Placed', call.placedAt],
    ['Rang', call.ringingAt],
    ['Answered', call.answeredAt],
    ['Ended', call.endedAt],
  ] as const
  return (
    <div className="min-w-0 text-14">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={isActive(call) ? 'marquee' : wentWell(call) ? 'ok' : 'neutral'}>{stateWords(call)}</Badge>
        {call.answeredBy && (
          <span className="text-muted">
            {call.answeredBy === 'human' ? 'answered by a person' : 'answered by a machine'}
          </span>
        )}
      </p>
      {call.detail && <p className="wrap-anywhere mt-2 text-danger">{call.detail}</p>}
      <dl className="mt-4 grid grid-cols-[6rem_minmax(0,1fr)] gap-x-4 gap-y-1.5">
        <dt className="text-muted">To</dt>
        <dd>{spacedNumber(call.to)}</dd>
        <dt className="text-muted">Who has it</dt>
        <dd>{call.persona}</dd>
        <dt className="text-muted">Carrier</dt>
        <dd>{call.carrier === 'plivo' ? 'Plivo’s protocol' : 'Twilio’s protocol'}</dd>
        {moments.map(([name, at]) => (
          <Moment key={name} name={name} at={at} />
        ))}
        <dt className="text-muted">Id</dt>
        <dd className="wrap-anywhere font-mono text-12 leading-5.25">{call.id}</dd>
      </dl>
      <Receipts receipts={call.receipts} />
    </div>
  )
}

function Moment({ name, at }: { name: string; at: string | null }) {
  if (!at) return null
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd>
        <time dateTime={at}>{formatSecond(at)}</time>
      </dd>
    </>
  )
}

/** What the carrier told us, and whether we heard. */
export function Receipts({ receipts }: { receipts: z.infer<typeof CarrierReceipt>[] }) {
  return (
    <>
      <h3 className="mt-6 mb-2 text-16">Receipts</h3>
      {receipts.length === 0 ? (
        <p className="text-muted">None so far.</p>
      ) : (
        <ol className="flex flex-col border-line border-l pl-4">
          {receipts.map((receipt, index) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: receipts are only ever added at the end, and may repeat
              key={index}
              className="relative pb-3 last:pb-0"
            >
              <span aria-hidden="true" className="-left-[1.2rem] absolute top-2 size-1.5 rounded-full bg-control" />
              <b className="wrap-anywhere font-medium">{receipt.event}</b>{' '}
              <span className="text-muted">
                {receipt.at ? <time dateTime={receipt.at}>{formatSecond(receipt.at)}</time> : 'not sent yet'}
                {heard(receipt)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}

function heard({ at, answered, attempts }: z.infer<typeof CarrierReceipt>): string {
  if (at === null || answered === null) return ''
  const tries = attempts > 1 ? ` at the ${attempts}. try` : ''
  return answered === 0 ? `, nobody answered${tries}` : `, answered ${answered}${tries}`
}

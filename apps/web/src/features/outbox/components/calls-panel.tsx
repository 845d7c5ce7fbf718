import type { DevCall } from '@marquee/contracts/carrier'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Checkbox } from '../../../components/ui/field.tsx'
import { actOnCall, type CallAct } from '../api.ts'
import { shownCall, spacedNumber } from '../call-words.ts'
import { canReadAloud, useReadAloud } from '../use-read-aloud.ts'
import { useRingSound } from '../use-ring-sound.ts'
import { CallFacts } from './call-facts.tsx'
import { CallList } from './call-list.tsx'
import { Phone } from './phone.tsx'

/** The phones that the development carrier rings, in one's hand. */
export function CallsPanel({ calls }: { calls: readonly DevCall[] }) {
  const client = useQueryClient()
  const [chosen, setChosen] = useState<string | null>(null)
  const [rings, setRings] = useState(false)
  const [aloud, setAloud] = useState(false)
  const [rung, setRung] = useState<string[]>([])
  const call = shownCall(calls, chosen)
  const ringing = calls.filter(({ state }) => state === 'ringing')
  useRingSound(ringing.length > 0, rings)
  useReadAloud(call, aloud)

  const act = useMutation({
    mutationFn: (what: { id: string; act: CallAct }) => actOnCall(what.id, what.act),
    // Whatever came of it, the books have the truth.
    onSettled: () => client.invalidateQueries({ queryKey: ['dev-calls'] }),
  })

  // A phone that begins to ring is looked at, unless somebody is speaking on another.
  const newest = ringing.find(({ id }) => !rung.includes(id))?.id
  if (newest) {
    setRung([...rung, newest])
    if (call?.state !== 'in-progress') setChosen(null)
  }

  return (
    <>
      <div className="grid gap-8 lg:grid-cols-[22rem_minmax(0,1fr)]">
        <div className="max-lg:order-2">
          <h2 className="mb-3 text-20">Calls</h2>
          {calls.length === 0 ? (
            <p className="text-muted">Calls that were made stand here.</p>
          ) : (
            <CallList
              calls={calls}
              shownId={call?.id}
              onChoose={(id) => {
                act.reset()
                setChosen(id)
              }}
            />
          )}
          <div className="mt-4 text-14">
            <Checkbox label="Ring aloud" checked={rings} onChange={(event) => setRings(event.target.checked)} />
            {canReadAloud() && (
              <Checkbox
                label="Read aloud what is said"
                checked={aloud}
                onChange={(event) => setAloud(event.target.checked)}
              />
            )}
          </div>
        </div>
        <div className="grid gap-8 md:grid-cols-[21rem_minmax(0,1fr)]">
          <Phone
            call={call}
            busy={act.isPending}
            error={act.variables?.id === call?.id ? act.error?.message : undefined}
            onAct={(what) => call && act.mutate({ id: call.id, act: what })}
          />
          {call && <CallFacts call={call} />}
        </div>
      </div>
      <p role="alert" className="sr-only">
        {ringing.map(({ to }) => `The phone of ${spacedNumber(to)} rings: Marquee calls.`).join(' ')}
      </p>
    </>
  )
}

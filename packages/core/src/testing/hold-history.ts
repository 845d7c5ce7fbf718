import type { SeatEvent } from '../seats/seat-room.ts'

/** What one client was answered. `until` and `seats` of a hold name its step: the broadcast carries the same two. */
export type HoldAnswer =
  | { call: 'hold'; holder: string; seats: number[]; until: number }
  | { call: 'release'; holder: string; seats: number[]; calledAt: number }
/** A change as it was broadcast, and when it was heard: never before it happened. */
export type HeardEvent = { at: number; event: SeatEvent }

const named = (seats: number[]) => seats.toSorted((a, b) => a - b).join()

/**
 * Checks one hall's history against what nobody may do: a seat comes free because its own holder let go of it, or
 * because its hold had ended; nobody's live seat is taken by another; a sold seat never changes again; no step is missing.
 * @returns what broke the rule; none is the proof
 */
export function checkHoldHistory(events: HeardEvent[], answers: HoldAnswer[]): string[] {
  const problems: string[] = []
  const holderOfStep = new Map(
    answers.flatMap((a) => (a.call === 'hold' ? [[`${a.until} ${named(a.seats)}`, a.holder]] : [])) as [
      string,
      string,
    ][],
  )
  const releases = answers.filter((a) => a.call === 'release' && a.seats.length > 0) as (HoldAnswer & {
    call: 'release'
  })[]
  const hall = new Map<number, { holder: string; until: number } | 'sold'>()
  let last = 0
  for (const { at, event } of events.toSorted((a, b) => a.event.seq - b.event.seq)) {
    const { seq, change } = event
    if (seq !== last + 1) problems.push(`step ${seq} follows step ${last}`)
    last = seq
    const live = change.seats.flatMap((seat) => {
      const state = hall.get(seat)
      if (state === 'sold') problems.push(`step ${seq}: sold seat ${seat} was ${change.kind}`)
      return state && state !== 'sold' && state.until > at ? [{ seat, ...state }] : []
    })
    if (change.kind === 'held') {
      const holder = holderOfStep.get(`${change.until} ${named(change.seats)}`)
      if (holder === undefined) problems.push(`step ${seq}: a hold that nobody was answered`)
      for (const { seat, holder: before } of live)
        if (before !== holder) problems.push(`step ${seq}: seat ${seat} was taken from its holder`)
      for (const seat of change.seats) hall.set(seat, { holder: holder ?? 'nobody', until: change.until })
    } else if (change.kind === 'freed') {
      if (live.length > 0) {
        const found = releases.findIndex(
          (r) =>
            r.calledAt <= at &&
            named(r.seats) === named(change.seats) &&
            live.every((seat) => seat.holder === r.holder),
        )
        // Each answer explains one step.
        if (found >= 0) releases.splice(found, 1)
        else problems.push(`step ${seq}: seats ${named(change.seats)} came free, and their holder never let go`)
      }
      for (const seat of change.seats) hall.delete(seat)
    } else for (const seat of change.seats) hall.set(seat, 'sold')
  }
  return problems
}

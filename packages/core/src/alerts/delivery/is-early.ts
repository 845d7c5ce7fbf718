/** As far as the clocks of two workers may differ: who was given a step that is due must not find that it is not. */
const SKEW_MS = 5_000

export const isEarly = ({ dueAt }: { dueAt: Date }, now: Date) => dueAt.getTime() > now.getTime() + SKEW_MS

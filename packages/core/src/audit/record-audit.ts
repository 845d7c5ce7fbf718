import type pg from 'pg'
import type { Actor, Ctx } from '../context.ts'

/** Where a request came from: its network as far as it is told apart, and its number in the log. */
export type Origin = { network: string; requestId: string }

export type Audit = {
  actor: Actor
  /** A verb and its noun: "showtime.cancel". */
  action: string
  subjectType: string
  subjectId: string
  /** What was and what is: facts for whoever asks later, never a password, code or token. */
  before?: object | null
  after?: object | null
  /** None for what no request asked for. */
  origin?: Origin | undefined
}

/** Prisma's transaction, or a client of the pool with one open. */
type Tx = Pick<Ctx['db'], '$executeRaw'> | Pick<pg.ClientBase, 'query'>

const SECRET = /password|secret|token|proof|hash|otp/i
const MAX_CHARACTERS = 20_000

/**
 * Writes a privileged act down, in the transaction that does it: both happen or neither. Entries are only ever added;
 * the database refuses to change or delete one.
 */
export async function recordAudit(tx: Tx, audit: Audit): Promise<void> {
  const { actor, action, subjectType, subjectId, origin } = audit
  const actorId = actor.kind === 'user' ? actor.userId : null
  const actorRole = actor.kind === 'user' ? actor.role : actor.kind
  const [before, after] = [toJson(audit.before), toJson(audit.after)]
  const [network, requestId] = [origin?.network ?? null, origin?.requestId ?? null]
  if ('$executeRaw' in tx) {
    await tx.$executeRaw`
      insert into audit_entries (actor_id, actor_role, action, subject_type, subject_id, before, after, network, request_id)
      values (${actorId}::uuid, ${actorRole}, ${action}, ${subjectType}, ${subjectId}, ${before}::jsonb, ${after}::jsonb,
              ${network}, ${requestId})`
    return
  }
  await tx.query(
    `insert into audit_entries (actor_id, actor_role, action, subject_type, subject_id, before, after, network, request_id)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8, $9)`,
    [actorId, actorRole, action, subjectType, subjectId, before, after, network, requestId],
  )
}

/** Text that a jsonb column takes. A secret that slips in is not written, and neither is what is too long to be read. */
function toJson(facts: object | null | undefined): string | null {
  if (!facts) return null
  const text = JSON.stringify(facts, (key, value: unknown) => {
    if (SECRET.test(key)) return undefined
    if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '')
    return typeof value === 'bigint' ? String(value) : value
  })
  return text.length <= MAX_CHARACTERS ? text : JSON.stringify({ tooLong: text.length })
}

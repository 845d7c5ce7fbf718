import type { Ctx } from '../context.ts'

/** Clocks of machines that are in order differ by less. */
const SKEW = `interval '5 minutes'`
/** Whoever is behind must not take everybody else's now for the future. */
const NOW = `greatest($1::timestamptz, clock_timestamp())`
const isAhead = (column: string) => `${column} > ${NOW} + ${SKEW}`

/** Not with `least`: what was never is not now. */
const back = (column: string, of = '', to = '$1::timestamptz') =>
  `${column} = CASE WHEN ${of}${column} > ${to} THEN ${to} ELSE ${of}${column} END`

const WATCHES = `
  UPDATE watches SET lease_token = NULL, lease_until = NULL, ${back('next_look_at')},
         ${back('last_look_at', '', `$1::timestamptz - interval '1 second'`)},
         ${back('last_ok_at')}, ${back('verdict_changed_at')}, ${back('blind_since')},
         confirming_since = CASE WHEN confirming_since <= ${NOW} THEN confirming_since END,
         closing_since = CASE WHEN closing_since <= ${NOW} THEN closing_since END
   WHERE ${isAhead('last_look_at')} OR ${isAhead('lease_until')}`
/** Put off by such a machine, unseen: it left no other mark on them. */
const PUT_OFF = `
  UPDATE watches SET next_look_at = $1::timestamptz + make_interval(secs => interval_seconds)
   WHERE next_look_at > ${NOW} + make_interval(secs => interval_seconds * 1.3)`

const LISTS = `
  UPDATE source_listings SET lease_token = NULL, lease_until = NULL, ${back('next_look_at')}, ${back('last_ok_at')}
   WHERE ${isAhead('last_ok_at')} OR ${isAhead('lease_until')}`

/** What a host asked for is kept, as long from now as it was from then. */
const HOSTS = `
  UPDATE listing_hosts h SET next_request_at = h.next_request_at - a.ahead, circuit_until = h.circuit_until - a.ahead,
         lease_token = NULL, lease_until = NULL,
         ${back('last_ok_at', 'h.')}, ${back('robots_fetched_at', 'h.')}, ${back('updated_at', 'h.')}
    FROM (SELECT host, greatest(last_ok_at, updated_at, robots_fetched_at) - $1::timestamptz AS ahead FROM listing_hosts) a
   WHERE a.host = h.host AND a.ahead > ${NOW} - $1::timestamptz + ${SKEW}`

/**
 * A machine whose clock was hours ahead for a while leaves looks, leases and turns in the future: nothing would be looked at
 * until that has come, and what is read until then would pass for a belated answer. They are brought back to now. What it
 * saw counts; the first of two looks does not, for nobody knows when it was.
 */
export async function healClocks(ctx: Pick<Ctx, 'pool' | 'clock' | 'log'>): Promise<void> {
  const now = ctx.clock.now()
  const heal = async (sql: string) => (await ctx.pool.query(sql, [now])).rowCount ?? 0
  const healed = { watches: await heal(WATCHES), lists: await heal(LISTS), hosts: await heal(HOSTS) }
  if (healed.watches + healed.lists + healed.hosts === 0) return
  const putOff = await heal(PUT_OFF)
  ctx.log.error({ ...healed, putOff }, 'a clock was ahead: what it wrote is brought back to now')
}

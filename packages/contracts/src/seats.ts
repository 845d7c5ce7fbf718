import { z } from 'zod'
import { Id, Instant, Minor, Text } from './common.ts'
import { Quote } from './pricing.ts'

export const SeatKind = z.enum(['STANDARD', 'PREMIUM', 'COUPLE', 'WHEELCHAIR', 'COMPANION'])
export type SeatKind = z.infer<typeof SeatKind>

/** What a guest calls a seat: row letters and number, "F9". */
export const SeatId = z
  .string()
  .min(2)
  .max(8)
  .regex(/^[A-Z]{1,3}[0-9]{1,3}$/, 'a seat is its row and number, for example F9')

const Position = z.number().min(0).max(400)

export const LayoutSeat = z.object({
  number: z.int().min(1).max(999),
  /** Column in seat widths from the left; a step of more than 1 to the next seat is an aisle. */
  x: Position,
  /** Left out for STANDARD. */
  kind: SeatKind.optional(),
})
export type LayoutSeat = z.infer<typeof LayoutSeat>

export const LayoutRow = z.object({
  label: z.string().regex(/^[A-Z]{1,3}$/),
  section: z.string().min(1).max(40),
  /** Depth in row heights from the screen. */
  y: Position,
  seats: z.array(LayoutSeat).min(1).max(100),
})
export type LayoutRow = z.infer<typeof LayoutRow>

/**
 * Seats in their fixed order: row by row as listed, left to right. A seat's position in that order is its index in
 * `SeatMap.map`, in Redis and in Postgres.
 */
export const SeatLayoutDefinition = z.object({
  name: z.string().min(1).max(80),
  width: Position,
  height: Position,
  sections: z
    .array(z.object({ id: z.string().min(1).max(40), name: z.string().min(1).max(40), premium: z.boolean() }))
    .min(1)
    .max(12),
  rows: z.array(LayoutRow).min(1).max(100),
})
export type SeatLayoutDefinition = z.infer<typeof SeatLayoutDefinition>

/** GET /api/seat-layouts/:id — never changes, cached for ever. */
export const SeatLayout = z
  .object({ id: Id, version: z.int(), seatCount: z.int(), definition: SeatLayoutDefinition })
  .meta({ id: 'SeatLayout' })
export type SeatLayout = z.infer<typeof SeatLayout>

/** One character a seat in layout order. */
export const SEAT_FREE = '0'
export const SEAT_HELD = '1'
export const SEAT_SOLD = '2'
export const SEAT_BLOCKED = '3'

/** GET /api/showtimes/:id/seat-map. ETag is `"epoch-seq"`. */
export const SeatMap = z
  .object({
    /** Changes whenever the sequence starts again; deltas of another epoch mean: fetch the map. */
    epoch: z.string(),
    seq: z.int(),
    map: z.string(),
    /** When each held seat comes back if it is not bought: seat index → epoch milliseconds. */
    heldUntil: z.record(z.string(), z.number()),
    /** True while Redis is away and the map is read from Postgres once a second. */
    degraded: z.boolean(),
  })
  .meta({ id: 'SeatMap' })
export type SeatMap = z.infer<typeof SeatMap>

export const SeatStatus = z.enum(['available', 'held', 'booked', 'blocked'])
/** GET /api/showtimes/:id/seats: the same hall spelt out, for people who would rather not count characters. */
export const SeatListing = z
  .object({
    showtimeId: Id,
    sections: z.array(
      z.object({
        section: z.string(),
        name: z.string(),
        priceMinor: Minor,
        rows: z.array(
          z.object({
            row: z.string(),
            seats: z.array(
              z.object({
                seatId: z.string(),
                row: z.string(),
                number: z.int(),
                kind: SeatKind,
                priceMinor: Minor,
                status: SeatStatus,
              }),
            ),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'SeatListing' })
export type SeatListing = z.infer<typeof SeatListing>

export const MAX_SEATS = 10
export const SeatIds = z
  .array(SeatId)
  .min(1, 'choose at least one seat')
  .max(50)
  .refine((ids) => new Set(ids).size === ids.length, 'each seat once')

/**
 * The secret that proves a hold is yours. Made by the server with the first hold, sent back as `x-hold-token`;
 * nobody else ever sees it, and the server keeps only its hash.
 */
export const HoldToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'not a hold token')
export const HOLD_TOKEN_HEADER = 'x-hold-token'

export const HoldSeatsBody = z.object({ seatIds: SeatIds }).meta({ id: 'HoldSeats' })
export type HoldSeatsBody = z.infer<typeof HoldSeatsBody>
/** Without seatIds: everything the holder holds in this showtime. */
export const ReleaseSeatsBody = z.object({ seatIds: SeatIds.optional() }).meta({ id: 'ReleaseSeats' })
export type ReleaseSeatsBody = z.infer<typeof ReleaseSeatsBody>

/** Everything one holder holds in one showtime; it all ends at once. */
export const SeatHold = z
  .object({
    showtimeId: Id,
    holdToken: HoldToken,
    seatIds: z.array(z.string()),
    /** The server's clock, both. */
    expiresAt: Instant,
    now: Instant,
    /** The latest end that extending can reach. */
    maxExpiresAt: Instant,
    canExtend: z.boolean(),
    /** The price that will be charged for these seats. Null while no seat is held. */
    quote: Quote.nullable(),
  })
  .meta({ id: 'SeatHold' })
export type SeatHold = z.infer<typeof SeatHold>

export const ReleasedSeats = z
  .object({ released: z.array(z.string()), hold: SeatHold.nullable() })
  .meta({ id: 'ReleasedSeats' })
export type ReleasedSeats = z.infer<typeof ReleasedSeats>

export const BestSeatsQuery = z.object({
  count: z.coerce.number().int().min(1).max(MAX_SEATS),
  section: Text(40).min(1).optional(),
})
export const BestSeats = z
  .object({
    seatIds: z.array(z.string()),
    /** Why these, in words for the guest. */
    reason: z.string(),
    /** Rules given up to find any: nothing, a single seat left beside, or sitting apart. */
    relaxed: z.enum(['none', 'orphan', 'split']),
  })
  .meta({ id: 'BestSeats' })
export type BestSeats = z.infer<typeof BestSeats>

/** POST /api/showtimes/:id/seats/check: is a single seat left stranded, and what would mend it. */
export const OrphanCheck = z
  .object({
    ok: z.boolean(),
    orphans: z.array(z.string()),
    message: z.string().nullable(),
    suggestion: z.array(z.string()).nullable(),
  })
  .meta({ id: 'OrphanCheck' })
export type OrphanCheck = z.infer<typeof OrphanCheck>

// ── WS /api/showtimes/:id/seats/ws ─────────────────────────────────────────

const Delta = { showtime_id: Id, epoch: z.string(), seq: z.int(), timestamp: z.number() }

/**
 * Server to client. `seq` counts up by one per change; a message that covers several changes carries `from` (the first)
 * and `seq` (the last). A gap, or another epoch, means: fetch the map.
 * No identity and no token: what is yours you know from your own hold.
 */
export const SeatSocketMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connected'), showtime_id: Id, timestamp: z.number(), snapshot: SeatMap }),
  z.object({ ...Delta, type: z.literal('seat_locked'), from: z.int(), seats: z.array(z.string()), until: z.number() }),
  z.object({ ...Delta, type: z.literal('seat_released'), from: z.int(), seats: z.array(z.string()) }),
  /** Sold, blocked, or several kinds of change of one window together. */
  z.object({
    ...Delta,
    type: z.literal('seat_update'),
    from: z.int(),
    seats: z.array(z.object({ seat_id: z.string(), status: SeatStatus, until: z.number().optional() })),
  }),
  /** So many changes that the whole map is shorter, or a new epoch. */
  z.object({ type: z.literal('snapshot'), showtime_id: Id, timestamp: z.number(), snapshot: SeatMap }),
  /** Every 15 s: what the map should be by now. */
  z.object({ type: z.literal('digest'), epoch: z.string(), seq: z.int(), crc32: z.int() }),
  z.object({ type: z.literal('ping'), timestamp: z.number() }),
  z.object({ type: z.literal('pong'), timestamp: z.number() }),
])
export type SeatSocketMessage = z.infer<typeof SeatSocketMessage>

export const SeatSocketRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ping') }),
  z.object({ type: z.literal('pong') }),
  z.object({ type: z.literal('resync') }),
])
export type SeatSocketRequest = z.infer<typeof SeatSocketRequest>

import { z } from 'zod'
import { AttemptState, AttemptView, EvidenceView, OpeningForecast, WatchVerdict } from './alerts.ts'
import { Id, Instant, LocalDate, PageQuery, paged, QueryFlag, Text } from './common.ts'

/** GET /api/admin/sources */
export const SourceRow = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.string(),
    baseUrl: z.string(),
    /** Our own catalogue cannot be switched off, and asks nobody. */
    own: z.boolean(),
    enabled: z.boolean(),
    permission: z.string(),
    enabledBy: z.string().nullable(),
    enabledAt: Instant.nullable(),
    frozenAt: Instant.nullable(),
    frozenReason: z.string().nullable(),
    minGapSeconds: z.int(),
    /** Null: adaptive. */
    intervalSeconds: z.int().nullable(),
    dailyBudget: z.int(),
    spentToday: z.int(),
    /** healthy | slow | blocked | blind | off | frozen, with a sentence. */
    health: z.enum(['healthy', 'waiting', 'blocked', 'blind', 'off', 'frozen']),
    healthWhy: z.string(),
    circuitUntil: Instant.nullable(),
    robots: z.string().nullable(),
    lastOkAt: Instant.nullable(),
    watches: z.int(),
    blindWatches: z.int(),
    cities: z.array(z.string()),
  })
  .meta({ id: 'SourceRow' })
export type SourceRow = z.infer<typeof SourceRow>
export const SourceList = z.object({ items: z.array(SourceRow) }).meta({ id: 'SourceList' })
export type SourceList = z.infer<typeof SourceList>
export const SourceParams = z.object({ sourceId: Text(40).regex(/^[a-z0-9-]+$/) })

/** PATCH /api/admin/sources/:sourceId. Switching on needs the reason why polling is permitted. */
export const UpdateSourceBody = z
  .object({
    enabled: z.boolean().optional(),
    permission: Text(500).min(10, 'say in a sentence why polling this site is permitted').optional(),
    minGapSeconds: z.int().min(10).max(3_600).optional(),
    intervalSeconds: z.int().min(60).max(86_400).nullable().optional(),
    dailyBudget: z.int().min(1).max(100_000).optional(),
  })
  .meta({ id: 'UpdateSource' })
export type UpdateSourceBody = z.infer<typeof UpdateSourceBody>
/** POST /api/admin/sources/:sourceId/freeze and /thaw */
export const FreezeSourceBody = z.object({ reason: Text(300).min(3) }).meta({ id: 'FreezeSource' })
export type FreezeSourceBody = z.infer<typeof FreezeSourceBody>

/** GET /api/admin/watches */
export const WatchQuery = PageQuery.extend({
  source: Text(40).optional(),
  city: Text(60).optional(),
  q: Text(100).optional(),
  blind: QueryFlag.optional(),
})
export type WatchQuery = z.infer<typeof WatchQuery>
export const WatchRow = z
  .object({
    id: Id,
    title: z.string(),
    sourceId: z.string(),
    sourceName: z.string(),
    city: z.string(),
    siteMovieId: z.string(),
    verdict: WatchVerdict.nullable(),
    lastVerdict: WatchVerdict.nullable(),
    lastReason: z.string().nullable(),
    announcedAt: Instant.nullable(),
    releaseDate: LocalDate.nullable(),
    subscribers: z.int(),
    intervalSeconds: z.int(),
    lastLookAt: Instant.nullable(),
    nextLookAt: Instant.nullable(),
    lastOkAt: Instant.nullable(),
    blindSince: Instant.nullable(),
    failStreak: z.int(),
  })
  .meta({ id: 'WatchRow' })
export type WatchRow = z.infer<typeof WatchRow>
export const WatchList = paged(WatchRow).meta({ id: 'WatchList' })
export type WatchList = z.infer<typeof WatchList>

/** GET /api/admin/watches/:watchId/observations */
export const ObservationRow = z
  .object({
    id: Id,
    at: Instant,
    verdict: WatchVerdict,
    reason: z.string().nullable(),
    status: z.int().nullable(),
    sessions: z.int(),
    bookable: z.int(),
    openDates: z.array(z.string()),
    evidence: z.array(EvidenceView),
    /** The page itself is still kept. */
    hasPage: z.boolean(),
  })
  .meta({ id: 'ObservationRow' })
export type ObservationRow = z.infer<typeof ObservationRow>
export const ObservationList = paged(ObservationRow).meta({ id: 'ObservationList' })
export type ObservationList = z.infer<typeof ObservationList>

/** GET /api/admin/openings; POST /:openingId/release and /dismiss for one that is held. */
export const OpeningRow = z
  .object({
    id: Id,
    watchId: Id,
    title: z.string(),
    sourceName: z.string(),
    city: z.string(),
    kind: z.enum(['OPENING', 'SEATS_BACK']),
    state: z.enum(['LIVE', 'HELD', 'DISMISSED', 'CLOSED']),
    detectedAt: Instant,
    confirmedAt: Instant,
    closedAt: Instant.nullable(),
    heldReason: z.string().nullable(),
    evidence: z.array(EvidenceView),
    told: z.int(),
    acknowledged: z.int(),
  })
  .meta({ id: 'OpeningRow' })
export type OpeningRow = z.infer<typeof OpeningRow>
export const OpeningQuery = PageQuery.extend({ state: z.enum(['LIVE', 'HELD', 'DISMISSED', 'CLOSED']).optional() })
export type OpeningQuery = z.infer<typeof OpeningQuery>
export const OpeningList = paged(OpeningRow).meta({ id: 'OpeningList' })
export type OpeningList = z.infer<typeof OpeningList>

/** GET /api/admin/deliveries */
export const DeliveryQuery = PageQuery.extend({
  channel: z.enum(['in_app', 'push', 'sms', 'email', 'call']).optional(),
  state: AttemptState.optional(),
  openingId: Id.optional(),
  /** Those that gave up and may be tried again: never a call that may have gone out. */
  dead: QueryFlag.optional(),
})
export type DeliveryQuery = z.infer<typeof DeliveryQuery>
export const DeliveryRow = AttemptView.extend({
  id: Id,
  title: z.string(),
  city: z.string(),
  to: z.string(),
  provider: z.string().nullable(),
  providerId: z.string().nullable(),
  tries: z.int(),
  retryable: z.boolean(),
  receipts: z.array(z.object({ status: z.string(), at: Instant })),
}).meta({ id: 'DeliveryRow' })
export type DeliveryRow = z.infer<typeof DeliveryRow>
export const DeliveryList = paged(DeliveryRow).meta({ id: 'DeliveryList' })
export type DeliveryList = z.infer<typeof DeliveryList>

/** GET /api/admin/dead-jobs; POST /:jobId/retry: jobs of the worker that gave up. */
export const DeadJob = z
  .object({
    id: z.string(),
    queue: z.string(),
    name: z.string(),
    attempts: z.int(),
    error: z.string(),
    failedAt: Instant,
  })
  .meta({ id: 'DeadJob' })
export type DeadJob = z.infer<typeof DeadJob>
export const DeadJobList = paged(DeadJob).meta({ id: 'DeadJobList' })
export type DeadJobList = z.infer<typeof DeadJobList>
export const DeadJobParams = z.object({
  queue: z.enum(['critical', 'notify', 'scrape', 'bulk', 'calls']),
  jobId: Text(200),
})

/** GET /api/admin/forecasts?city=… */
export const ForecastQuery = z.object({ city: Text(60).min(1) })
export const ForecastList = z.object({ items: z.array(OpeningForecast) }).meta({ id: 'ForecastList' })
export type ForecastList = z.infer<typeof ForecastList>

export const WatchParams = z.object({ watchId: Id })
export const OpeningParams = z.object({ openingId: Id })

import { z } from 'zod'
import { Id, Instant, LocalDate, PageQuery, paged, Text, Verbatim } from './common.ts'
import { Email } from './emails.ts'
import { OtpProof, Phone } from './otp.ts'

/** How somebody is told. `in_app` and `push` need an account, `sms` and `call` a proved number, `email` a proved address. */
export const AlertChannel = z.enum(['in_app', 'push', 'sms', 'email', 'call'])
export type AlertChannel = z.infer<typeof AlertChannel>

/** "18:30", on the clock of the city. */
export const ClockTime = Text(5).regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 18:30')

/** A film as the form offers it: of our catalogue, or one that only watched sites list. */
export const AlertFilm = z
  .object({
    /** `movie:<id>` or `title:<folded title>|<language>`: opaque to a client. */
    key: z.string(),
    title: z.string(),
    status: z.enum(['running', 'upcoming']),
    language: z.string().nullable(),
    releaseDate: LocalDate.nullable(),
    /** Can be booked now, on Marquee or a watched site: where. */
    onSaleAt: z.array(z.string()),
    /** What would be watched: names of sources. */
    sources: z.array(z.object({ id: z.string(), name: z.string() })),
    movieSlug: z.string().nullable(),
    poster: z.string().nullable(),
    posterColour: z.string(),
  })
  .meta({ id: 'AlertFilm' })
export type AlertFilm = z.infer<typeof AlertFilm>

/** GET /api/alerts/films */
export const AlertFilmQuery = PageQuery.extend({ city: Text(60).min(1), q: Text(100).optional() })
export type AlertFilmQuery = z.infer<typeof AlertFilmQuery>
export const AlertFilmList = paged(AlertFilm).meta({ id: 'AlertFilmList' })
export type AlertFilmList = z.infer<typeof AlertFilmList>

const Days = LocalDate.nullable().default(null)
/** Which showings are meant. Empty lists and nulls mean any. */
export const AlertFilters = z
  .object({
    theatreIds: z.array(Id).max(20).default([]),
    dateFrom: Days,
    dateTo: Days,
    timeFrom: ClockTime.nullable().default(null),
    timeTo: ClockTime.nullable().default(null),
    formats: z.array(Text(30).min(1)).max(10).default([]),
    languages: z.array(Text(40).min(1)).max(10).default([]),
  })
  .refine(({ dateFrom, dateTo }) => !dateFrom || !dateTo || dateFrom <= dateTo, {
    path: ['dateTo'],
    message: 'the last day is before the first',
  })
export type AlertFilters = z.infer<typeof AlertFilters>

/** No calls and texts from `from` to `to`, on the person's clock; past midnight when `to` is earlier. */
export const QuietHours = z.object({
  from: ClockTime.default('22:00'),
  to: ClockTime.default('08:00'),
  /** Asks to be called even then. Never inside the hours in which the law of the number's country forbids it. */
  wakeMe: z.boolean().default(false),
})
export type QuietHours = z.infer<typeof QuietHours>

export const AlertUrgency = z.enum(['normal', 'opening-day'])

/** GET /api/alerts/options?city=… What the form needs besides the films. */
export const AlertOptions = z
  .object({
    theatres: z.array(z.object({ id: Id, name: z.string(), area: z.string() })),
    formats: z.array(z.string()),
    languages: z.array(z.string()),
    /** Countries whose numbers can be called, "+91" first. */
    countries: z.array(z.object({ code: z.string(), name: z.string() })),
    timeZone: z.string(),
    /** Word for word what is agreed to, per channel. It is stored with its version. */
    consent: z.object({ version: z.string(), texts: z.record(AlertChannel, z.string()) }),
    /** VAPID key; null: web push is not set up here. */
    pushKey: z.string().nullable(),
  })
  .meta({ id: 'AlertOptions' })
export type AlertOptions = z.infer<typeof AlertOptions>
export const AlertOptionsQuery = z.object({ city: Text(60).min(1) })

const Channels = z.array(AlertChannel).min(1, 'choose at least one way to be told').max(5)
const Settings = {
  filters: AlertFilters.prefault({}),
  partySize: z.int().min(1).max(10).default(2),
  channels: Channels,
  quietHours: QuietHours.prefault({}),
  urgency: AlertUrgency.default('normal'),
  /** Also when a sold-out film has seats again. */
  seatsBack: z.boolean().default(false),
}

/** POST /api/alerts. A guest proves number and address by codes of purpose `alert`; somebody signed in uses those of the account. */
export const CreateAlertBody = z
  .object({
    name: Text(80).min(1, 'enter your name: the call greets you with it'),
    city: Text(60).min(1),
    film: Verbatim(300).min(1),
    phone: Phone.optional(),
    phoneProof: OtpProof.optional(),
    email: Email.optional(),
    emailProof: OtpProof.optional(),
    /** The consent of each chosen channel, as it was shown. */
    consent: z.object({ version: Text(40).min(1), channels: Channels }),
    ...Settings,
  })
  .meta({ id: 'CreateAlert' })
export type CreateAlertBody = z.infer<typeof CreateAlertBody>

/** PATCH /api/alerts/:id. What is left out stays as it is. A new channel needs its consent. */
export const UpdateAlertBody = z
  .object({
    name: Text(80).min(1).optional(),
    filters: AlertFilters.optional(),
    partySize: z.int().min(1).max(10).optional(),
    channels: Channels.optional(),
    quietHours: QuietHours.optional(),
    urgency: AlertUrgency.optional(),
    seatsBack: z.boolean().optional(),
    consent: z.object({ version: Text(40).min(1), channels: Channels }).optional(),
  })
  .meta({ id: 'UpdateAlert' })
export type UpdateAlertBody = z.infer<typeof UpdateAlertBody>

export const WatchVerdict = z.enum(['OPEN', 'NOT_OPEN', 'ANNOUNCED', 'SOLD_OUT', 'GONE', 'UNKNOWN'])
export type WatchVerdict = z.infer<typeof WatchVerdict>

export const EvidenceView = z.object({
  rule: z.string(),
  strength: z.enum(['strong', 'weak', 'veto']),
  where: z.string(),
  excerpt: z.string(),
  hash: z.string(),
})
export type EvidenceView = z.infer<typeof EvidenceView>

/** What one source says for one subscription: the truth panel. */
export const WatchView = z
  .object({
    id: Id,
    sourceId: z.string(),
    sourceName: z.string(),
    /** `told`: our own catalogue says so by itself. `looks`: a site is read again and again. */
    how: z.enum(['told', 'looks']),
    verdict: WatchVerdict.nullable(),
    announcedAt: Instant.nullable(),
    lastLookAt: Instant.nullable(),
    nextLookAt: Instant.nullable(),
    lastOkAt: Instant.nullable(),
    /** Since then no answer could be believed; why stands beside it, in words. */
    blindSince: Instant.nullable(),
    blindWhy: z.string().nullable(),
    intervalSeconds: z.int().nullable(),
    /** The source is switched off or frozen by us. */
    paused: z.boolean(),
  })
  .meta({ id: 'WatchView' })
export type WatchView = z.infer<typeof WatchView>

/** When booking of such a film usually opens at that theatre, from what was recorded. */
export const OpeningForecast = z
  .object({
    theatre: z.string(),
    /** Days before the first showing, and the hours of the day between which most opened. */
    daysBefore: z.object({ low: z.number(), median: z.number(), high: z.number() }),
    hours: z.object({ from: ClockTime, to: ClockTime }).nullable(),
    /** How many openings it is drawn from. */
    openings: z.int(),
    /** Where that puts this film; null without a release date. */
    expected: z.object({ from: LocalDate, to: LocalDate }).nullable(),
  })
  .meta({ id: 'OpeningForecast' })
export type OpeningForecast = z.infer<typeof OpeningForecast>

export const AttemptState = z.enum([
  'PLANNED',
  'SENDING',
  'ACCEPTED',
  'RINGING',
  'ANSWERED',
  'DELIVERED',
  'MACHINE',
  'BUSY',
  'NO_ANSWER',
  'FAILED',
  'UNKNOWN',
  'SKIPPED',
])
export const AttemptView = z
  .object({
    channel: AlertChannel,
    step: z.int(),
    state: AttemptState,
    /** When it happened last, or is due. */
    at: Instant,
    /** "answered, pressed 1", "busy", "waits: 214th in line, about 40 s". */
    outcome: z.string(),
  })
  .meta({ id: 'AttemptView' })
export type AttemptView = z.infer<typeof AttemptView>

/** One opening that was told, with its proof. */
export const AlertEvidence = z
  .object({
    id: Id,
    kind: z.enum(['OPENING', 'SEATS_BACK']),
    state: z.enum(['RINGING', 'ACKNOWLEDGED', 'SNOOZED', 'OPTED_OUT', 'EXHAUSTED', 'SUPPRESSED']),
    sourceName: z.string(),
    detectedAt: Instant,
    confirmedAt: Instant,
    firstShowing: z.object({
      theatre: z.string(),
      startsAt: Instant,
      zone: z.string(),
      format: z.string().nullable(),
      language: z.string().nullable(),
      url: z.string().nullable(),
    }),
    evidence: z.array(EvidenceView),
    attempts: z.array(AttemptView),
    acknowledgedAt: Instant.nullable(),
    acknowledgedBy: z.string().nullable(),
    snoozedUntil: Instant.nullable(),
  })
  .meta({ id: 'AlertEvidence' })
export type AlertEvidence = z.infer<typeof AlertEvidence>

/** A subscription as its owner sees it. */
export const AlertView = z
  .object({
    id: Id,
    film: z.object({
      key: z.string(),
      title: z.string(),
      movieSlug: z.string().nullable(),
      poster: z.string().nullable(),
      posterColour: z.string(),
      releaseDate: LocalDate.nullable(),
    }),
    city: z.object({ slug: z.string(), name: z.string(), timeZone: z.string() }),
    name: z.string(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    /** The carrier said that there is no such number: prove it again. */
    phoneSuspect: z.boolean(),
    /** Chosen channels that its number or address said never again to: they are not used. */
    optedOut: z.array(AlertChannel),
    /** What looks like an opening waits for a person of ours to look at it: nobody is told before. */
    held: z.boolean(),
    filters: AlertFilters,
    theatres: z.array(z.object({ id: Id, name: z.string() })),
    partySize: z.int(),
    channels: z.array(AlertChannel),
    quietHours: QuietHours,
    urgency: AlertUrgency,
    seatsBack: z.boolean(),
    state: z.enum(['ACTIVE', 'PAUSED', 'NOTIFIED', 'ALREADY_OPEN', 'ENDED']),
    /** "We look at District every 10 minutes, and at 2 more." What was promised, in one sentence. */
    promise: z.string(),
    /** Bookable now. */
    onSaleAt: z.array(z.object({ name: z.string(), url: z.string().nullable() })),
    watches: z.array(WatchView),
    forecasts: z.array(OpeningForecast),
    alerts: z.array(AlertEvidence),
    consents: z.array(z.object({ channel: AlertChannel, text: z.string(), version: z.string(), at: Instant })),
    createdAt: Instant,
  })
  .meta({ id: 'Alert' })
export type AlertView = z.infer<typeof AlertView>

/** POST /api/alerts → 201, or 200 when the same person, film and city waited already: the settings are the new ones. */
export const AlertCreated = z
  .object({
    alert: AlertView,
    /** For a guest: goes into the header x-alert-token, and stands in the links of their mails and texts. */
    token: z.string().nullable(),
  })
  .meta({ id: 'AlertCreated' })
export type AlertCreated = z.infer<typeof AlertCreated>

/** GET /api/alerts: of the account, or of the guest whose signed link it is (header x-alert-token). */
export const AlertList = paged(AlertView).meta({ id: 'AlertList' })
export type AlertList = z.infer<typeof AlertList>
export const AlertParams = z.object({ alertId: Id })

/** POST /api/alerts/:alertId/{pause,resume,rearm,acknowledge,test}, DELETE /api/alerts/:alertId */
export const SnoozeBody = z.object({ minutes: z.int().min(5).max(720).default(30) }).meta({ id: 'SnoozeAlert' })
export type SnoozeBody = z.infer<typeof SnoozeBody>
/** POST /api/alerts/:alertId/test */
export const TestAlertBody = z.object({ channel: AlertChannel }).meta({ id: 'TestAlert' })
export type TestAlertBody = z.infer<typeof TestAlertBody>
export const TestAlertResult = z.object({ outcome: z.string() }).meta({ id: 'TestAlertResult' })

import { createHash } from 'node:crypto'
import type { BelievedVerdict } from './next-state.ts'
import { CLOSE_AFTER_MS } from './next-state.ts'

export type LookSchedule = {
  watchId: string
  now: Date
  own: boolean
  subscribers: number
  /** Somebody waits for the opening day itself, or for seats that come back. */
  urgent: boolean
  seatsBack: boolean
  /** Somebody still waits for something that is not on sale: another day, another theatre. */
  awaited: boolean
  verdict: BelievedVerdict | null
  releaseDate: Date | null
  announcedAt: Date | null
  confirmingSince: Date | null
  closingSince: Date | null
  failStreak: number
  /** When booking is likely to open, from what was recorded. */
  forecast: { from: Date; to: Date } | null
  /** Of the source; null: by the film's phase. */
  intervalSeconds: number | null
  /** config.monitor: the interval of a film one to two weeks away, and the pause before a second look. */
  baseMs: number
  confirmMs: number
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** What the phases below are written for; config.monitor.intervalMs stretches or shrinks them all. */
const WRITTEN_FOR_MS = 30 * MINUTE
const FLOOR_MS = 5 * SECOND

/** How often a film is looked at when nothing particular is up, by the days to its release. */
const PHASES: { daysAhead: number; everyMs: number }[] = [
  { daysAhead: 30, everyMs: 6 * HOUR },
  { daysAhead: 14, everyMs: 2 * HOUR },
  { daysAhead: 7, everyMs: 30 * MINUTE },
  // Booking of a film that is out already opens late, or never.
  { daysAhead: -7, everyMs: 10 * MINUTE },
  { daysAhead: -30, everyMs: 2 * HOUR },
]
const LONG_OUT_MS = 6 * HOUR
const UNDATED_MS = 30 * MINUTE
const ON_SALE_MS = 6 * HOUR
const FORECAST_MS = 5 * MINUTE
/** Around a published sale time: from how long before it, to how long after, how often. The nearest first. */
const SALE_PHASES = [
  { beforeMs: 10 * MINUTE, afterMs: HOUR, everyMs: MINUTE },
  { beforeMs: 4 * HOUR, afterMs: 4 * HOUR, everyMs: 5 * MINUTE },
]
/** A site that names the hour is rarely earlier. */
const FAR_SALE_MS = HOUR
const FIRST_RETRY_MS = 2 * MINUTE
/** A site that breaks when its sale begins must not be found whole an hour late. */
const LONGEST_RETRY = { intervals: 3, leastMs: 5 * MINUTE, mostMs: HOUR }
/** Our own catalogue tells of changes by itself; this catches what was lost with a queue. */
const OWN_MS = { sure: 10 * MINUTE, seatsBack: MINUTE }

/**
 * When a watch is looked at next, and how long its interval is by the phase it is in (what "every 10 minutes" means).
 * Pure; the ±20 % by which looks are spread come from the watch and the moment. Null: nobody waits.
 */
export function nextLookAt(input: LookSchedule): { at: Date | null; intervalMs: number } {
  const { now, own } = input
  const intervalMs = own ? ownInterval(input) : phaseInterval(input)
  if (input.subscribers <= 0) return { at: null, intervalMs }
  const after = (milliseconds: number) => new Date(now.getTime() + milliseconds)
  if (input.confirmingSince && input.failStreak < 3)
    // 15 to 30 s for the usual 20: never in step with whatever the site does every so many seconds. What is still not
    // confirmed after that waits for a cache, and as long again as it has.
    return { at: after(Math.max(confirmPause(input), +now - +input.confirmingSince)), intervalMs }
  let wait = input.failStreak > 0 ? retryAfter(input.failStreak, intervalMs) : intervalMs
  wait *= 0.8 + 0.4 * lot(input)
  if (!own) for (const mark of marksAhead(input)) wait = Math.min(wait, mark.getTime() - now.getTime())
  return { at: after(Math.max(Math.round(wait), Math.min(FLOOR_MS, intervalMs))), intervalMs }
}

function ownInterval({ verdict, seatsBack }: LookSchedule): number {
  return verdict === 'SOLD_OUT' && seatsBack ? OWN_MS.seatsBack : OWN_MS.sure
}

function phaseInterval(input: LookSchedule): number {
  if (input.intervalSeconds !== null) return input.intervalSeconds * SECOND
  const scaled = (milliseconds: number) =>
    Math.max(FLOOR_MS, Math.round((milliseconds * input.baseMs) / WRITTEN_FOR_MS))
  const sale = salePhase(input)
  if (sale !== null && input.verdict !== 'OPEN') return scaled(sale)
  if (input.verdict === 'OPEN' && input.awaited) return scaled(input.urgent ? UNDATED_MS / 2 : UNDATED_MS)
  if (input.verdict === 'OPEN' || input.verdict === 'GONE') return scaled(ON_SALE_MS)
  if (input.verdict === 'SOLD_OUT') return scaled(input.seatsBack || input.awaited ? UNDATED_MS : ON_SALE_MS)
  const usual = Math.max(byRelease(input), isFarSale(input) ? FAR_SALE_MS : 0)
  const halved = input.urgent ? byRelease(input) / 2 : usual
  return scaled(inForecast(input) ? Math.min(halved, FORECAST_MS) : halved)
}

function byRelease({ releaseDate, now }: LookSchedule): number {
  if (!releaseDate) return UNDATED_MS
  const days = (releaseDate.getTime() - now.getTime()) / DAY
  return PHASES.find(({ daysAhead }) => days > daysAhead)?.everyMs ?? LONG_OUT_MS
}

const inForecast = ({ forecast, now }: LookSchedule) => forecast !== null && now >= forecast.from && now <= forecast.to

function salePhase({ announcedAt, now }: LookSchedule): number | null {
  if (!announcedAt) return null
  const left = announcedAt.getTime() - now.getTime()
  return SALE_PHASES.find(({ beforeMs, afterMs }) => left <= beforeMs && left >= -afterMs)?.everyMs ?? null
}

const isFarSale = ({ verdict, announcedAt, now }: LookSchedule) =>
  verdict === 'ANNOUNCED' && announcedAt !== null && announcedAt > now

/** Moments that a long interval must not sleep through: a sale and its eve, the second look that ends an opening, a forecast. */
function marksAhead(input: LookSchedule): Date[] {
  const { announcedAt, forecast, closingSince, now } = input
  const marks = announcedAt ? [...SALE_PHASES.map(({ beforeMs }) => beforeMs), 0].map((ms) => +announcedAt - ms) : []
  if (forecast) marks.push(+forecast.from)
  if (closingSince) marks.push(+closingSince + CLOSE_AFTER_MS + SECOND)
  return marks.filter((mark) => mark > now.getTime()).map((mark) => new Date(mark))
}

/** Soon once, then ever later: what is broken is not helped by asking. Its host is spared besides, whatever we want of it. */
function retryAfter(failStreak: number, intervalMs: number): number {
  const { intervals, leastMs, mostMs } = LONGEST_RETRY
  const longest = Math.max(intervalMs, Math.min(Math.max(intervals * intervalMs, leastMs), mostMs))
  return Math.min(Math.min(FIRST_RETRY_MS, intervalMs) * 2 ** Math.min(failStreak - 1, 20), longest)
}

const confirmPause = (input: LookSchedule) => Math.round(input.confirmMs * (0.75 + 0.75 * lot(input)))

/** Between 0 and 1, the same for the same watch at the same moment. */
const lot = ({ watchId, now }: LookSchedule) =>
  createHash('sha256').update(`${watchId} ${now.getTime()}`).digest().readUInt32BE(0) / 2 ** 32

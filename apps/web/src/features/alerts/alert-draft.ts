import type { AlertChannel, AlertFilm, AlertFilters, AlertView, CreateAlertBody } from '@marquee/contracts/alerts'
import { Email } from '@marquee/contracts/emails'
import { Phone } from '@marquee/contracts/otp'
import { asSentence } from '../../lib/form-errors.ts'

/** What can be changed afterwards too. Times and days are '' where any will do. */
export interface AlertSettings {
  channels: AlertChannel[]
  theatreIds: string[]
  dateFrom: string
  dateTo: string
  timeFrom: string
  timeTo: string
  formats: string[]
  languages: string[]
  partySize: number
  quietFrom: string
  quietTo: string
  wakeMe: boolean
  urgency: 'normal' | 'opening-day'
  seatsBack: boolean
}

export interface AlertDraft extends AlertSettings {
  name: string
  /** E.164, or '' */
  phone: string
  email: string
  /** Slug. */
  city: string
  film: AlertFilm | null
}

export type DraftField = 'name' | 'phone' | 'email' | 'city' | 'film' | 'channels' | 'showings' | 'timing'
export type DraftProblems = Partial<Record<DraftField, string>>

export const NEW_SETTINGS: AlertSettings = {
  // Nothing is ticked for anybody: a ticked box is what they agreed to.
  channels: [],
  theatreIds: [],
  dateFrom: '',
  dateTo: '',
  timeFrom: '',
  timeTo: '',
  formats: [],
  languages: [],
  partySize: 2,
  quietFrom: '22:00',
  quietTo: '08:00',
  wakeMe: false,
  urgency: 'normal',
  seatsBack: false,
}

export const needsPhone = ({ channels }: Pick<AlertSettings, 'channels'>) =>
  channels.includes('call') || channels.includes('sms')
export const needsEmail = ({ channels }: Pick<AlertSettings, 'channels'>) => channels.includes('email')

/** @param today in the city of the film */
export function settingProblems(settings: AlertSettings, today: string, before?: AlertSettings): DraftProblems {
  const { dateFrom, dateTo, quietFrom, quietTo, channels } = settings
  const problems: DraftProblems = {}
  if (channels.length === 0) problems.channels = 'Choose at least one way to be told.'
  const over = (['dateFrom', 'dateTo'] as const).some(
    (field) => settings[field] !== '' && settings[field] < today && settings[field] !== before?.[field],
  )
  if (over) problems.showings = 'A day that is over was chosen: choose today or a later one.'
  else if (dateFrom && dateTo && dateTo < dateFrom) problems.showings = 'The last day is before the first.'
  if (quietFrom === '' || quietTo === '') problems.timing = 'Say from when to when it shall be quiet.'
  return problems
}

/** Every field that keeps the form from being sent, each with what to change: never a silent no. */
export function draftProblems(draft: AlertDraft, today: string): DraftProblems {
  const problems = settingProblems(draft, today)
  if (draft.name.trim() === '') problems.name = 'Enter your name.'
  if (draft.city === '') problems.city = 'Choose a city.'
  if (!draft.film) problems.film = 'Choose the film you wait for.'
  if (needsPhone(draft)) {
    if (draft.phone === '') problems.phone = 'Enter the number that we shall call or text.'
    else {
      const phone = Phone.safeParse(draft.phone)
      if (!phone.success) problems.phone = asSentence(phone.error.issues[0]?.message) ?? 'Enter a whole number.'
    }
  }
  if (needsEmail(draft)) {
    const email = Email.safeParse(draft.email)
    if (!email.success) problems.email = asSentence(email.error.issues[0]?.message) ?? 'Enter an email address.'
  }
  return problems
}

export const filtersOf = (settings: AlertSettings): AlertFilters => ({
  theatreIds: settings.theatreIds,
  dateFrom: settings.dateFrom || null,
  dateTo: settings.dateTo || null,
  timeFrom: settings.timeFrom || null,
  timeTo: settings.timeTo || null,
  formats: settings.formats,
  languages: settings.languages,
})

/** Ready to be sent once number and address are proved. What no chosen channel needs is not sent at all. */
export function bodyOf(draft: AlertDraft, film: AlertFilm, consentVersion: string): CreateAlertBody {
  return {
    name: draft.name.trim(),
    city: draft.city,
    film: film.key,
    ...(needsPhone(draft) && { phone: draft.phone }),
    ...(needsEmail(draft) && { email: draft.email.trim().toLowerCase() }),
    consent: { version: consentVersion, channels: draft.channels },
    filters: filtersOf(draft),
    partySize: draft.partySize,
    channels: draft.channels,
    quietHours: { from: draft.quietFrom, to: draft.quietTo, wakeMe: draft.wakeMe },
    urgency: draft.urgency,
    seatsBack: draft.seatsBack,
  }
}

/** What an alert that is there was set to, for its form. */
export const settingsOf = (alert: AlertView): AlertSettings => ({
  channels: alert.channels,
  theatreIds: alert.filters.theatreIds,
  dateFrom: alert.filters.dateFrom ?? '',
  dateTo: alert.filters.dateTo ?? '',
  timeFrom: alert.filters.timeFrom ?? '',
  timeTo: alert.filters.timeTo ?? '',
  formats: alert.filters.formats,
  languages: alert.filters.languages,
  partySize: alert.partySize,
  quietFrom: alert.quietHours.from,
  quietTo: alert.quietHours.to,
  wakeMe: alert.quietHours.wakeMe,
  urgency: alert.urgency,
  seatsBack: alert.seatsBack,
})

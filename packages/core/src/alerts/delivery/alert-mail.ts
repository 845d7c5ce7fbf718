import { button, escapeHtml, facts, mailPage, paragraph, subjectLine } from '../../notifications/mail-layout.ts'
import { dateOf, timeOf, zoneOf } from '../../tickets/ticket-words.ts'
import type { AlertFacts } from './alert-facts.ts'
import { bookingUrl } from './message-links.ts'

export type AlertMail = Pick<
  AlertFacts,
  'name' | 'title' | 'city' | 'kind' | 'session' | 'sourceName' | 'detectedAt' | 'confirmedAt' | 'evidence' | 'timeZone'
> & {
  to: string
  manageUrl: string
  unsubscribeUrl: string
  /** Asked for again, or in place of a call. */
  reminder?: boolean
}
type Mail = { subject: string; text: string; html: string }

/** Pure: the words of the mail that says that booking is open, with how we know. */
export function alertMail(alert: AlertMail): Mail {
  const { title, city, session, kind, manageUrl } = alert
  const startsAt = new Date(session.startsAt)
  const heading =
    kind === 'SEATS_BACK' ? `There are seats again for ${title}` : `Booking is open for ${title} in ${city}`
  const said = `Hello ${alert.name}. ${alert.reminder ? 'You asked to be reminded: it' : 'It'} can be booked ${session.cinema.name === '' ? 'now' : `at ${session.cinema.name}`}, from the first showing below.`
  const rows: [string, string][] = [
    ['Film', title],
    [
      'First showing',
      `${dateOf(startsAt, session.zone)}, ${timeOf(startsAt, session.zone)} ${zoneOf(startsAt, session.zone)}`,
    ],
    ['Theatre', session.cinema.name],
    ...(session.format ? [['Format', session.format] as [string, string]] : []),
    ...(session.language ? [['Language', session.language] as [string, string]] : []),
    ['Seen open', momentOf(alert.detectedAt, alert.timeZone)],
    ['Confirmed', momentOf(alert.confirmedAt, alert.timeZone)],
    ['Source', alert.sourceName],
  ]
  const proof = alert.evidence.slice(0, 3).map(({ rule, where, excerpt }) => `${rule} (${where}): ${excerpt}`)
  const reason = `You get this mail because you asked Marquee to tell ${alert.to} when booking opens. Stop or change it: ${manageUrl} · No more mails about alerts: ${alert.unsubscribeUrl}`
  const url = bookingUrl(session) ?? manageUrl
  return {
    subject: subjectLine(heading),
    text: [
      heading,
      '',
      said,
      '',
      ...rows.map(([name, value]) => `${name}: ${value}`),
      '',
      `Book: ${url}`,
      `Your alerts: ${manageUrl}`,
      '',
      ...(proof.length > 0 ? ['How we know:', ...proof.map((line) => `- ${line}`), ''] : []),
      reason,
    ].join('\n'),
    html: mailPage({
      preview: said,
      heading,
      body:
        paragraph(said) +
        facts(rows) +
        button(url, 'Book your seats') +
        (proof.length > 0 ? paragraph('How we know', 'muted') + evidenceList(proof) : '') +
        `<p class="muted" style="margin:0;font:14px/1.5 Arial,Helvetica,sans-serif;color:#6a5d50"><a class="link" href="${escapeHtml(manageUrl)}" style="color:#8a5a00">I know, tell me nothing more</a>, or see all your alerts.</p>`,
      reason,
    }),
  }
}

const momentOf = (at: Date, zone: string) => `${dateOf(at, zone)}, ${timeOf(at, zone)} ${zoneOf(at, zone)}`

const evidenceList = (lines: string[]) =>
  `<ul class="muted" style="margin:0 0 20px;padding:0 0 0 20px;font:14px/1.5 Arial,Helvetica,sans-serif;color:#6a5d50">${lines
    .map((line) => `<li style="margin:0 0 6px">${escapeHtml(line)}</li>`)
    .join('')}</ul>`

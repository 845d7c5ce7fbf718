import type { AlertView } from '@marquee/contracts/alerts'
import { button, facts, mailPage, paragraph, subjectLine } from '../notifications/mail-layout.ts'
import { list, wanted } from './alert-words.ts'
import { CHANNEL_NAMES } from './consent-texts.ts'

/** Pure: the words of the mail that says what was set up. */
export function createdMail({
  alert,
  to,
  manageUrl,
  unsubscribeUrl,
}: {
  alert: AlertView
  to: string
  manageUrl: string
  unsubscribeUrl: string
}): {
  subject: string
  text: string
  html: string
} {
  const { film, city, promise, channels, quietHours, state } = alert
  const heading =
    state === 'ALREADY_OPEN' ? `${film.title} is on sale already` : `We watch ${film.title} in ${city.name} for you`
  const hello = `Hello ${alert.name}. ${promise}`
  const what = wanted(alert.filters, alert.theatres).replace(/^, /, '')
  // Only the law's hours hold for whoever wants to be woken.
  const hours = quietHours.wakeMe
    ? 'at any hour the law allows'
    : `not from ${quietHours.from} to ${quietHours.to}, ${city.timeZone}, and when the law allows`
  const rows: [string, string][] = [
    ['Film', film.title],
    ['City', city.name],
    ['Which showings', what || 'any'],
    ['Seats', String(alert.partySize)],
    ['You are told by', list(channels.map((channel) => CHANNEL_NAMES[channel]))],
    ...(alert.phone ? [['Calls and texts', hours] as [string, string]] : []),
    ...(alert.phone ? [['Number', alert.phone] as [string, string]] : []),
  ]
  const reason = `You get this mail because ${to} was proved and given for this alert. If it was not you, end it: ${manageUrl} · No more mails about alerts: ${unsubscribeUrl}`
  const first = alert.onSaleAt[0]
  const book = state === 'ALREADY_OPEN' && first?.url ? first.url : null
  return {
    subject: subjectLine(heading),
    text: [
      heading,
      '',
      hello,
      '',
      ...rows.map(([name, value]) => `${name}: ${value}`),
      '',
      ...(book ? [`Book: ${book}`] : []),
      `Change, pause or delete it: ${manageUrl}`,
      '',
      reason,
    ].join('\n'),
    html: mailPage({
      preview: promise,
      heading,
      body:
        paragraph(hello) +
        facts(rows) +
        (book ? button(book, 'Book your seats') : '') +
        button(manageUrl, 'Your alerts'),
      reason,
    }),
  }
}

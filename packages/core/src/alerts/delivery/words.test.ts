import { expect, test } from 'vitest'
import { alertMail } from './alert-mail.ts'
import { alertScript, KEYS_SAID, spokenNews, spokenSeconds } from './call-script.ts'
import { bookingUrl } from './message-links.ts'
import { smsSegments, toGsm } from './sms-segments.ts'
import { SMS_TEMPLATES, shortMoment, smsText } from './sms-words.ts'
import { spokenMoment, spokenName } from './spoken-words.ts'

const session = {
  siteId: '7',
  cinema: { siteId: 'c', name: 'Sangam 70mm & Sons' },
  startsAt: '2026-11-27T14:00:00Z',
  zone: 'Asia/Kolkata',
  localDate: '2026-11-27',
  format: 'IMAX',
  language: 'Telugu',
  bookable: true,
  seatsLeft: null,
  url: 'https://cinema.example/book?a=1&b=2',
}
const alert = { name: 'Asha', title: 'Tom & <Jerry>', city: 'Hyderabad', kind: 'OPENING' as const, session }

test('moments as they are said', () => {
  expect(spokenMoment('2026-11-27T14:00:00Z', 'Asia/Kolkata')).toBe(
    'Friday the twenty seventh of November, seven thirty in the evening',
  )
  expect(spokenMoment('2026-12-01T06:30:00Z', 'Asia/Kolkata')).toBe('Tuesday the first of December, noon')
  expect(spokenMoment('2026-12-11T18:30:00Z', 'Asia/Kolkata')).toBe('Saturday the twelfth of December, midnight')
  expect(spokenMoment('2026-12-22T03:35:00Z', 'Asia/Kolkata')).toBe(
    'Tuesday the twenty second of December, nine oh five in the morning',
  )
})

test('a call says who, which film, where and when, and is over within twenty seconds', () => {
  expect(spokenNews([alert])).toBe(
    'Hello Asha, this is Marquee. Booking is open for Tom and Jerry in Hyderabad. First showing Friday the twenty seventh of November, seven thirty in the evening, at Sangam 70mm and Sons.',
  )
  const endless = {
    ...alert,
    title: 'A very long name of a film that goes on '.repeat(4),
    name: 'Asha Lakshmi Devi Rao',
  }
  for (const alerts of [[alert], [endless], [alert, alert], [endless, alert, endless]])
    expect(spokenSeconds(spokenNews(alerts)) + spokenSeconds(KEYS_SAID)).toBeLessThanOrEqual(20)
  expect(spokenNews([{ ...alert, title: 'ఆఖరి పాట' }])).toContain('open for the film you asked for in Hyderabad')
  expect(alertScript([alert], 'https://a.example/keys')[1]).toMatchObject({ keys: '129' })
})

test('a name is said without its signs, and cut at a word', () => {
  expect(spokenName('Tom & <Jerry>: "Return" [3D]')).toBe('Tom and Jerry : Return 3D')
  expect(spokenName('one two three four', 3)).toBe('one two three')
})

test.each(Object.keys(SMS_TEMPLATES) as (keyof typeof SMS_TEMPLATES)[])(
  '%s fits two messages, whatever it is about',
  (template) => {
    const values = {
      film: 'A very long name of a film that goes on and on and on',
      city: 'Thiruvananthapuram Metropolitan',
      theatre: 'The Grand Old Picture Palace of the Eastern Quarter',
      when: 'Wed 30 Sept, 23:30',
      url: `https://marquee.example/${'x'.repeat(86)}`,
    }
    expect(smsSegments(smsText(template, values))).toBeLessThanOrEqual(2)
    expect(smsSegments(smsText(template, { ...values, film: 'ఆఖరి పాట', theatre: 'సంగం' }))).toBeLessThanOrEqual(2)
  },
)

test('a film in another script is "your film" where its name would need more messages', () => {
  const text = smsText('alert-opening', {
    film: 'ఆఖరి పాట',
    city: 'Hyderabad',
    when: shortMoment(alert),
    theatre: 'Sangam',
    url: 'https://m.example/x',
  })
  expect(text).toContain('your film in Hyderabad')
  expect(toGsm('Amélie – “Zürich” Śląsk')).toBe('Amélie - "Zürich" Slask')
})

test('segments are counted as they are paid', () => {
  expect([
    smsSegments('a'.repeat(160)),
    smsSegments('a'.repeat(161)),
    smsSegments('€'.repeat(80)),
    smsSegments('€'.repeat(81)),
  ]).toEqual([1, 2, 1, 2])
  expect([smsSegments('ఆ'.repeat(70)), smsSegments('ఆ'.repeat(71)), smsSegments('ఆ'.repeat(135))]).toEqual([1, 2, 3])
})

test('the mail has the proof, escapes what a film is called, and says how to stop', () => {
  const at = new Date('2026-11-21T06:00:00Z')
  const mail = alertMail({
    ...alert,
    to: 'asha@example.com',
    manageUrl: 'https://m.example/alerts?t=abc',
    unsubscribeUrl: 'https://m.example/alerts/unsubscribe?t=def',
    sourceName: 'Example <Cinemas>',
    detectedAt: at,
    confirmedAt: at,
    timeZone: 'Asia/Kolkata',
    evidence: [{ rule: 'session.bookable', strength: 'strong', where: '$.a', excerpt: '<b>"avail": 7</b>', hash: 'x' }],
  })
  expect(mail.subject).toBe('Booking is open for Tom & <Jerry> in Hyderabad')
  expect(mail.text).toContain('session.bookable ($.a): <b>"avail": 7</b>')
  expect(mail.text).toContain('First showing: Friday')
  expect(mail.html).not.toMatch(/<Jerry>|<Cinemas>|<b>/)
  expect(mail.html).toContain('Tom &#38; &#60;Jerry&#62;')
  expect(mail.text).toContain('Stop or change it: https://m.example/alerts?t=abc')
  // Consent promises this link in every mail, not only to programs that read headers.
  expect(mail.text).toContain('No more mails about alerts: https://m.example/alerts/unsubscribe?t=def')
  expect(mail.html).toContain('href="https://m.example/alerts/unsubscribe?t=def"')
  expect(mail.html).toContain('>m.example/alerts/unsubscribe</a>')
})

test('only pages are linked to, whatever a site says', () => {
  const urlOf = (url: string | null) => bookingUrl({ url })
  expect(urlOf('https://cinema.example/1')).toBe('https://cinema.example/1')
  for (const other of ['javascript:alert(1)', 'data:text/html,x', 'tel:+919876543210', 'cinema', '', null])
    expect(urlOf(other)).toBeNull()
})

import type { OtpPurpose } from '@marquee/contracts/otp'
import { button, escapeHtml, mailPage, paragraph, subjectLine } from '../../notifications/mail-layout.ts'

/** "204816 is your Marquee code to …" */
const TO_DO: Record<OtpPurpose, string> = {
  register: 'open your account',
  login: 'sign in',
  'reset-password': 'set a new password',
  'change-email': 'confirm this address',
  'change-phone': 'confirm this number',
  'admin-request': 'send your application',
  alert: 'be told when booking opens',
}
const NEVER_SHARE = 'Never share it: nobody from Marquee will ask you for it.'
const NOT_YOU = 'If you did not ask for it, do nothing: without the code nobody gets any further.'

export type Mail = { subject: string; text: string; html: string }

export function codeMail(given: { code: string; purpose: OtpPurpose; destination: string }): Mail {
  const { code, purpose, destination } = given
  const heading = `Your code to ${TO_DO[purpose]}`
  const ends = 'It works for 10 minutes, and once.'
  const reason = `You get this mail because somebody entered ${destination} at Marquee.`
  return {
    subject: subjectLine(`${code} is your Marquee code`),
    text: [heading, '', code, '', ends, NEVER_SHARE, '', NOT_YOU, '', reason].join('\n'),
    html: mailPage({
      preview: `${code}: ${ends}`,
      heading,
      body: bigCode(code) + paragraph(`${ends} ${NEVER_SHARE}`) + paragraph(NOT_YOU, 'muted'),
      reason,
    }),
  }
}

/** Its last line lets a phone fill the code in on our own page and on no other. */
export const codeText = (given: { code: string; purpose: OtpPurpose; publicBaseUrl: string }) =>
  `${given.code} is your Marquee code to ${TO_DO[given.purpose]}. It works for 10 minutes. Never share it.\n\n@${new URL(given.publicBaseUrl).hostname} #${given.code}`

/** To the owner of an account, when somebody registers with their address. */
export function knownMail(given: { destination: string; publicBaseUrl: string }): Mail {
  const { destination, publicBaseUrl } = given
  const heading = 'You have an account already'
  const body = `Somebody, probably you, wanted to use ${destination} for a Marquee account just now. It belongs to an account that exists: sign in to it. If you have forgotten its password, set a new one on the same page.`
  const reason = `You get this mail because somebody entered ${destination} at Marquee. If it was not you, do nothing.`
  const url = `${publicBaseUrl}/sign-in`
  return {
    subject: 'You have a Marquee account already',
    text: [heading, '', body, '', `Sign in: ${url}`, '', reason].join('\n'),
    html: mailPage({ preview: body, heading, body: paragraph(body) + button(url, 'Sign in'), reason }),
  }
}

export const knownText = (given: { publicBaseUrl: string }) =>
  `You have a Marquee account with this number already. Sign in: ${given.publicBaseUrl}/sign-in`

/** Large enough to read across a desk, in one piece to copy. */
const bigCode = (code: string) =>
  `<p class="text" style="margin:0 0 20px;font:700 36px/1.2 'Courier New',Courier,monospace;letter-spacing:6px;color:#1b1613">${escapeHtml(code)}</p>`

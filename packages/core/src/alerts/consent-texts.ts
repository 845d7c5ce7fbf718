import type { AlertChannel } from '@marquee/contracts/alerts'

/** Changes with the smallest change of a text: what somebody agreed to is kept word for word beside it. */
export const CONSENT_VERSION = '2026-11-21'

/** What is shown beside each box, and stored when it is ticked. */
export const CONSENT_TEXTS: Record<AlertChannel, string> = {
  call: 'Marquee may call this number with a recorded voice when booking opens for this film: at most two calls for an opening, four a day, outside my quiet hours. To stop: press 9 during a call, reply STOP to a text, or delete this alert.',
  sms: 'Marquee may send texts to this number about this alert: that it is set, that booking opens, that a site cannot be seen. To stop: reply STOP, or delete this alert.',
  email:
    'Marquee may send mails to this address about this alert: that it is set, that booking opens, that a site cannot be seen. To stop: the unsubscribe link in every mail, or delete this alert.',
  in_app:
    'Marquee may show me in the app that booking opens for this film. To stop: change or delete this alert under “My alerts”.',
  push: 'Marquee may show a notification in this browser when booking opens for this film. To stop: switch notifications off in the browser, or change this alert under “My alerts”.',
}

export const CHANNEL_NAMES: Record<AlertChannel, string> = {
  call: 'a call',
  sms: 'a text',
  email: 'a mail',
  in_app: 'the app',
  push: 'a browser notification',
}

import { z } from 'zod'
import { AlertChannel } from './alerts.ts'
import { Verbatim } from './common.ts'

/** Signed by us: whose contact, which version of its links, until when. */
export const AlertToken = Verbatim(300)

/** POST /api/alerts/unsubscribe?t=…: what a mail's one-click button sends. */
export const UnsubscribeQuery = z.object({ t: AlertToken })
export const Unsubscribed = z.object({ channel: AlertChannel, sentTo: z.string() }).meta({ id: 'Unsubscribed' })

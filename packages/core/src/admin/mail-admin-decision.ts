import type { Ctx } from '../context.ts'
import { button, facts, mailPage, paragraph, subjectLine } from '../notifications/mail-layout.ts'
import { sendOnce } from '../notifications/send-once.ts'

export const adminDecisionMailKey = (requestId: string) => `admin-request.mail:${requestId}`

export type AdminDecisionFacts = {
  approved: boolean
  name: string
  organisation: string
  note: string | null
  theatres: string[]
  email: string
  siteUrl: string
}

/** Tells an applicant what was decided. Nothing is sent to whoever has no address, or is gone. @throws MailError, DeliveryBusy */
export async function mailAdminDecision(
  ctx: Pick<Ctx, 'db' | 'pool' | 'config' | 'mail' | 'log' | 'crashPoint'>,
  input: { requestId: string },
): Promise<void> {
  const request = await ctx.db.adminRequest.findUnique({
    where: { id: input.requestId },
    include: { user: { include: { theatres: { include: { theatre: { select: { name: true } } } } } } },
  })
  const email = request?.user.email
  if (!request || !email || request.state === 'PENDING') return
  const delivery = { eventKey: adminDecisionMailKey(request.id), recipient: email, template: 'admin-decision' }
  await sendOnce(ctx, delivery, async () => ({
    ...adminDecisionMail({
      approved: request.state === 'APPROVED',
      name: request.user.name,
      organisation: request.organisation,
      note: request.decisionNote,
      theatres: request.user.theatres.map(({ theatre }) => theatre.name).toSorted(),
      email,
      siteUrl: ctx.config.http.publicBaseUrl,
    }),
    attachments: [],
  }))
}

/** Pure: the words of the mail. */
export function adminDecisionMail(about: AdminDecisionFacts): { subject: string; text: string; html: string } {
  const { approved, organisation, note, theatres, email, siteUrl } = about
  const heading = approved ? 'You can run your theatres here now' : 'We cannot add you as an admin for now'
  const what = approved
    ? `Your request for ${organisation} was approved. Sign in again to see the admin area.`
    : `Your request for ${organisation} was not approved. You may ask again.`
  const rows: [string, string][] = [
    ...(approved && theatres.length > 0 ? [['Your theatres', theatres.join(', ')] as [string, string]] : []),
    ...(note ? [['What we noted', note] as [string, string]] : []),
  ]
  const reason = `You get this mail because ${email} belongs to the account that asked.`
  return {
    subject: subjectLine(approved ? `Approved: ${organisation}` : `Not approved: ${organisation}`),
    text: [heading, '', what, '', ...rows.map(([name, value]) => `${name}: ${value}`), '', siteUrl, '', reason].join(
      '\n',
    ),
    html: mailPage({
      preview: what,
      heading,
      body: paragraph(what) + (rows.length > 0 ? facts(rows) : '') + (approved ? button(siteUrl, 'Go to Marquee') : ''),
      reason,
    }),
  }
}

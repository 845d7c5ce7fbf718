import { adminDecisionMailKey } from '../admin/mail-admin-decision.ts'
import { eraseAlerts } from '../alerts/erase-alerts.ts'
import { isProved, provedContacts } from '../auth/otp/find-owner.ts'
import { cancellationMailKey } from '../cancellations/mail-cancellation.ts'
import type { Ctx } from '../context.ts'
import type { Prisma, User } from '../generated/prisma/client.ts'
import { refundMailKey } from '../notifications/mail-refund.ts'
import { ticketMailKey } from '../tickets/mail-ticket.ts'
import { accountMailKeys } from './account-mails.ts'
import { ORDER_OF_MESSAGE, WITHOUT_PAYER } from './payer-traces.ts'

type Tx = Prisma.TransactionClient
type Person = Pick<User, 'id' | 'email' | 'phone' | 'emailVerifiedAt' | 'phoneVerifiedAt'>

/** What a row of the books says in the place of a name. */
export const ERASED_NAME = 'Deleted account'
/** Rule 46 of the CGST Rules, 2017: from this value on, an invoice names its buyer whoever that is. In paise. */
const NAMED_FROM_MINOR = 5_000_000

/**
 * Takes a person out of everything that is kept. Bookings, payments, refunds and the figures and numbers of invoices stay,
 * for accounting, with nobody's name. Sessions must have been ended in the same transaction.
 */
export async function erasePerson(tx: Tx, ctx: Pick<Ctx, 'config'>, person: Person, now: Date): Promise<void> {
  const userId = person.id
  const bookings = await tx.booking.findMany({ where: { userId }, select: { id: true, email: true } })
  const bookingIds = bookings.map((booking) => booking.id)
  await eraseMessages(tx, person, bookings)
  await erasePapers(tx, bookingIds)
  await eraseFromGatewayMessages(tx, bookingIds)
  await tx.booking.updateMany({ where: { userId }, data: { email: '' } })
  await tx.cancellation.updateMany({ where: { bookingId: { in: bookingIds }, by: 'GUEST' }, data: { reason: '' } })

  await eraseAlerts(tx, ctx, person, now)

  const own = { where: { userId } }
  await tx.idempotencyKey.deleteMany(own)
  await tx.refreshToken.deleteMany(own)
  await tx.theatreAdmin.deleteMany(own)
  await tx.adminRequest.deleteMany(own)
  // Codes are counted by network for a day: leaving must not be a way to be sent more of them.
  await tx.otpChallenge.updateMany({
    where: { OR: [{ userId }, { destination: { in: provedContacts(person) } }] },
    data: { destination: 'erased', userId: null, proofHash: null, expiresAt: now },
  })
  await tx.user.update({
    where: { id: userId },
    data: {
      name: ERASED_NAME,
      email: null,
      phone: null,
      username: null,
      passwordHash: null,
      role: 'customer',
      mustChangePassword: false,
      emailVerifiedAt: null,
      phoneVerifiedAt: null,
      lastAccessAt: null,
      deletedAt: now,
    },
  })
}

/** That something was sent stays, or it would be sent again; to whom does not. */
async function eraseMessages(tx: Tx, person: Person, bookings: { id: string; email: string }[]) {
  const addresses = [...new Set(bookings.map((booking) => booking.email))]
  // Earlier addresses of theirs, unless somebody else has them by now: those rows may be that person's.
  const others = await tx.user.findMany({
    where: { email: { in: addresses }, id: { not: person.id } },
    select: { email: true },
  })
  const taken = new Set(others.map((other) => other.email))
  // What was only typed may be somebody else's, and so may be what was sent there.
  const typed = isProved(person, 'email') ? null : person.email
  const earlier = addresses.filter((address) => address !== '' && address !== typed && !taken.has(address))
  const recipients = [...provedContacts(person), ...earlier]
  const aboutThem = typed ? await keysOfMessages(tx, bookings) : []
  const requests = await tx.adminRequest.findMany({ where: { userId: person.id }, select: { id: true } })
  const decisions = requests.map(({ id }) => adminDecisionMailKey(id))
  // What a mail server answered may name the address too.
  await tx.$executeRaw`
    update deliveries set recipient = 'erased:' || id, last_error = null
     where recipient = any(${recipients}::text[]) or event_key like ${`${accountMailKeys(person.id)}%`}
        or event_key = any(${[...decisions, ...aboutThem]}::text[])`
  // There are none in production. Elsewhere this is the person's own mailbox, but it is we who keep it.
  await tx.capturedMessage.deleteMany({ where: { recipient: { in: recipients } } })
}

/** What is sent about bookings: tickets, cancellations, refunds. */
async function keysOfMessages(tx: Tx, bookings: { id: string }[]): Promise<string[]> {
  const bookingId = { in: bookings.map(({ id }) => id) }
  const [cancellations, refunds] = [
    await tx.cancellation.findMany({ where: { bookingId }, select: { id: true } }),
    await tx.refund.findMany({ where: { capture: { payment: { bookingId } } }, select: { id: true } }),
  ]
  return [
    ...bookings.map(({ id }) => ticketMailKey(id)),
    ...cancellations.map(({ id }) => cancellationMailKey(id)),
    ...refunds.map(({ id }) => refundMailKey(id)),
  ]
}

/** Tickets are drawn for their guest alone. Invoices are drawn again from what is left in them. */
async function erasePapers(tx: Tx, bookingIds: string[]) {
  await tx.ticketDocument.deleteMany({ where: { bookingId: { in: bookingIds } } })
  await tx.$executeRaw`
    with erased as (
      update invoices set pdf = null, data = jsonb_set(jsonb_set(data, '{buyer,email}', 'null'), '{buyer,name}',
        case when (data ->> 'totalMinor')::int < ${NAMED_FROM_MINOR} then to_jsonb(${ERASED_NAME}::text) else data #> '{buyer,name}' end)
      where booking_id = any(${bookingIds}::uuid[]) returning id)
    insert into outbox_events (key, topic, payload)
    select 'invoice.render:' || id || ':erased', 'invoice.render', jsonb_build_object('invoiceId', id) from erased
    on conflict (key) do nothing`
}

async function eraseFromGatewayMessages(tx: Tx, bookingIds: string[]) {
  await tx.$executeRawUnsafe(
    `update webhook_events set payload = ${WITHOUT_PAYER}
      where ${ORDER_OF_MESSAGE} in
        (select gateway_order_id from payments where booking_id = any($1::uuid[]) and gateway_order_id is not null)`,
    bookingIds,
  )
}

import type { AlertChannel, CreateAlertBody } from '@marquee/contracts/alerts'
import { countryOf } from '../auth/otp/destinations.ts'
import { spendOtpProof } from '../auth/spend-otp-proof.ts'
import type { Ctx } from '../context.ts'
import { AppError, invalid } from '../errors.ts'
import type { ContactPoint, Prisma, User } from '../generated/prisma/client.ts'
import { hashSecret } from '../ids.ts'
import { findOrCreateContact } from './contacts/contact-points.ts'
import { type ContactKind, canonical, hashContact } from './contacts/seal.ts'
import { findOptOuts } from './opt-outs/find-opt-outs.ts'
import { liftOptOut } from './opt-outs/lift-opt-out.ts'

type Tx = Prisma.TransactionClient
type ProveCtx = Pick<Ctx, 'config'>

export type ProvedContacts = {
  phone: ContactPoint | null
  email: ContactPoint | null
  /** A code came a second time: good for what it was spent on, and for nothing else. */
  again: boolean
}

type Asked = {
  body: Pick<CreateAlertBody, 'channels' | 'phone' | 'phoneProof' | 'email' | 'emailProof'>
  user: User | null
  /** Whose signed link the guest has: the number or address was proved when it was given out. */
  linked: ContactPoint | null
  now: Date
}

const CHANNELS: Record<ContactKind, AlertChannel[]> = { phone: ['call', 'sms'], email: ['email'] }
const WORDS = {
  phone: { what: 'number', enter: 'enter the number' },
  email: { what: 'address', enter: 'enter the address' },
}

/**
 * The number and the address that an alert goes to, each shown to be its owner's: by a code just now, by the account, by
 * a link, or by an earlier alert of the same account. Nothing is kept of what no chosen channel needs. A code just now
 * takes back "never again" on the channels it is given for, and the mark of a number that the carrier did not know.
 * @throws AppError VALIDATION naming the field, OTP_ENDED
 */
export async function proveContacts(tx: Tx, ctx: ProveCtx, asked: Asked): Promise<ProvedContacts> {
  const phone = await proveOne(tx, ctx, 'phone', asked)
  const email = await proveOne(tx, ctx, 'email', asked)
  return { phone: phone.contact, email: email.contact, again: phone.again || email.again }
}

type Proved = { contact: ContactPoint | null; again: boolean }

async function proveOne(tx: Tx, ctx: ProveCtx, kind: ContactKind, asked: Asked): Promise<Proved> {
  const { body, now } = asked
  const channels = CHANNELS[kind].filter((channel) => body.channels.includes(channel))
  const proof = kind === 'phone' ? body.phoneProof : body.emailProof
  if (!proof && channels.length === 0) return { contact: null, again: false }
  const given = body[kind] && canonical(kind, body[kind])
  if (!proof) {
    const contact = await provedBefore(tx, ctx, kind, given, asked)
    await refuseStopped(tx, contact, kind, channels)
    return { contact, again: false }
  }
  const { destination, again } = await spend(tx, kind, proof, now)
  if (given !== undefined && given !== destination)
    throw invalid(`${kind}Proof`, `this code was for another ${WORDS[kind].what}: ask for a new one`)
  checkCountry(ctx, kind, destination)
  const contact = await findOrCreateContact(tx, ctx, { kind, value: destination, verifiedAt: again ? null : now })
  if (!again) await liftOptOut(tx, { hash: contact.hash, channels, how: ['key-9', 'stop-word', 'unsubscribe'] })
  await refuseStopped(tx, contact, kind, channels)
  return { contact, again }
}

/** Forms are sent twice: a code that was spent a moment ago says whose number it is, and the caller what for. */
async function spend(tx: Tx, kind: ContactKind, proof: string, now: Date) {
  const wrongKind = () =>
    invalid(`${kind}Proof`, `this code was not for ${kind === 'phone' ? 'a number' : 'an address'}`)
  const channel = kind === 'phone' ? 'sms' : 'email'
  try {
    const spent = await spendOtpProof(tx, { proof, purpose: 'alert', now })
    if (spent.channel !== channel) throw wrongKind()
    return { destination: spent.destination, again: false }
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'OTP_ENDED')) throw error
    const spent = await tx.otpChallenge.findFirst({
      where: {
        proofHash: hashSecret(proof),
        purpose: 'ALERT',
        usedAt: { not: null },
        proofExpiresAt: { gt: now },
        channel,
      },
    })
    if (!spent) throw error
    return { destination: spent.destination, again: true }
  }
}

async function provedBefore(tx: Tx, ctx: ProveCtx, kind: ContactKind, given: string | undefined, asked: Asked) {
  const { user, linked } = asked
  const verifiedAt = kind === 'phone' ? user?.phoneVerifiedAt : user?.emailVerifiedAt
  const own = user?.[kind] && verifiedAt ? canonical(kind, user[kind]) : undefined
  const hash = given && hashContact(ctx, kind, given)
  if (own && verifiedAt && (given === undefined || given === own)) {
    checkCountry(ctx, kind, own)
    return findOrCreateContact(tx, ctx, { kind, value: own, verifiedAt })
  }
  if (linked?.kind === kind && linked.verifiedAt && (hash === undefined || hash === linked.hash)) return linked
  const earlier =
    hash && user
      ? await tx.contactPoint.findFirst({
          where: { kind, hash, verifiedAt: { not: null }, [`${kind}Subscriptions`]: { some: { userId: user.id } } },
        })
      : null
  if (earlier) return earlier
  if (given === undefined) throw invalid(kind, `${WORDS[kind].enter} that you want to be told at`)
  checkCountry(ctx, kind, given)
  throw invalid(`${kind}Proof`, `show that this ${WORDS[kind].what} is yours: enter the code that we send there`)
}

function checkCountry(ctx: ProveCtx, kind: ContactKind, value: string) {
  if (kind === 'phone' && !countryOf(ctx.config, value))
    throw invalid('phone', 'we do not call or text numbers of this country yet: use your email address instead')
}

/** "Never again" holds until its owner proves the number once more; so does the carrier's word that there is none. */
export async function refuseStopped(tx: Tx, contact: ContactPoint, kind: ContactKind, channels: AlertChannel[]) {
  if (contact.suspectAt) throw invalid(kind, 'the carrier could not reach this number: prove it again with a new code')
  const stopped = (await findOptOuts(tx, [contact.hash])).get(contact.hash)
  const channel = channels.find((one) => stopped?.has(one))
  if (!channel) return
  const what = { call: 'call', sms: 'text', email: 'mail', in_app: 'notify', push: 'notify' }[channel]
  throw invalid(
    kind,
    `you asked us never to ${what} ${contact.masked} again: prove it with a new code to take that back`,
  )
}

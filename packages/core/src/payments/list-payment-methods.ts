import type { PaymentMethod, PaymentMethodList } from '@marquee/contracts/payments'
import type { PaymentGateway } from '@marquee/providers/payments/gateway'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'

const FRESH_MS = 3_600_000
/** While the gateway does not answer, what it said last is still the best guess, for a day. */
const USABLE_MS = 24 * FRESH_MS
/** A gateway that is away is not asked by every visitor. */
const ASK_AGAIN_MS = 30_000

const LABELS: Record<PaymentMethod, string> = {
  upi: 'UPI',
  card: 'Credit and debit cards',
  netbanking: 'Net banking',
  wallet: 'Wallets',
}

type Known = { methods: PaymentMethod[] | null; knownAt: number; askedAt: number; asking: Promise<void> | null }
/** By gateway, of which a process has one; tests have several. */
const known = new WeakMap<PaymentGateway, Known>()

/**
 * The ways to pay that the gateway takes just now, asked once an hour. What it does not name is not shown.
 * @throws GATEWAY_UNAVAILABLE when it has not said so for a day
 */
export async function listPaymentMethods(ctx: Pick<Ctx, 'gateway' | 'clock' | 'log'>): Promise<PaymentMethodList> {
  const now = ctx.clock.now().getTime()
  const it = known.get(ctx.gateway) ?? { methods: null, knownAt: 0, askedAt: 0, asking: null }
  known.set(ctx.gateway, it)
  if (now - it.knownAt >= FRESH_MS && (it.asking || now - it.askedAt >= ASK_AGAIN_MS)) {
    it.asking ??= ask(ctx, it, now)
    // Only who has nothing to show waits for the answer.
    if (!it.methods) await it.asking
  }
  if (!it.methods || now - it.knownAt >= USABLE_MS)
    throw new AppError('GATEWAY_UNAVAILABLE', 'The payment service does not say just now how one can pay.')
  return { items: it.methods.map((method) => ({ method, label: LABELS[method] })) }
}

async function ask(ctx: Pick<Ctx, 'gateway' | 'log'>, it: Known, now: number): Promise<void> {
  it.askedAt = now
  try {
    it.methods = await ctx.gateway.fetchMethods()
    it.knownAt = now
  } catch (err) {
    ctx.log.warn({ err }, 'the gateway did not say how one can pay')
  } finally {
    it.asking = null
  }
}

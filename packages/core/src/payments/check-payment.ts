import type { Ctx } from '../context.ts'
import { settleFromGateway } from './settle-from-gateway.ts'

/**
 * Looks after a payment whose money the gateway told us is set aside. By now it has mostly been taken and settled, and
 * there is nothing to ask. @throws GatewayError
 */
export async function checkPayment(
  ctx: Pick<Ctx, 'db' | 'pool' | 'log' | 'crashPoint' | 'gateway'>,
  input: { paymentId: string },
): Promise<void> {
  const payment = await ctx.db.payment.findUnique({
    where: { id: input.paymentId, gateway: ctx.gateway.name, state: { in: ['CREATED', 'FAILED'] } },
    select: { gatewayOrderId: true },
  })
  if (!payment?.gatewayOrderId) return
  const { gatewayOrderId } = payment
  await settleFromGateway(ctx, { paymentId: input.paymentId, gatewayOrderId, learntFrom: 'check' })
}

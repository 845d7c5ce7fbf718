import { Id } from '@marquee/contracts/common'
import { ErrorBody } from '@marquee/contracts/errors'
import {
  NewVoucher,
  PricedQuote,
  Promo,
  PromoBody,
  PromoList,
  PromoPatch,
  PromoQuery,
  QuoteBody,
  VoucherBalance,
  VoucherBalanceBody,
  VoucherBody,
} from '@marquee/contracts/offers'
import { HOLD_TOKEN_HEADER, HoldToken } from '@marquee/contracts/seats'
import { changePromo } from '@marquee/core/offers/change-promo'
import { createPromo } from '@marquee/core/offers/create-promo'
import { issueVoucher } from '@marquee/core/offers/issue-voucher'
import { listPromos } from '@marquee/core/offers/list-promos'
import { quoteWithOffers } from '@marquee/core/offers/quote-with-offers'
import { voucherBalance } from '@marquee/core/offers/voucher-balance'
import { z } from 'zod'
import { networkOf, originOf } from '../plugins/network.ts'
import { limit } from '../plugins/rate-limit.ts'
import type { Routes } from './routes.ts'

const params = z.object({ id: Id })
const tags = ['offers']

/** Mounted at /api: prices with codes, promo codes, gift vouchers. */
export const offerRoutes: Routes = async (app, { ctx }) => {
  app.post(
    '/showtimes/:id/quote',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'What seats cost with a promo code or a gift voucher; checkout charges the same',
        params,
        headers: z.object({ [HOLD_TOKEN_HEADER]: HoldToken.optional() }),
        body: QuoteBody,
        response: { 200: PricedQuote, 409: ErrorBody },
      },
    },
    async (request) =>
      quoteWithOffers(ctx, request.actor, {
        ...request.body,
        showtimeId: request.params.id,
        holdToken: request.headers[HOLD_TOKEN_HEADER],
        network: networkOf(request),
      }),
  )

  app.post(
    '/vouchers/balance',
    {
      config: { ...limit('auth'), access: 'public' },
      schema: {
        tags,
        summary: 'What is left on a gift voucher',
        body: VoucherBalanceBody,
        response: { 200: VoucherBalance },
      },
    },
    async (request) => voucherBalance(ctx, request.actor, { ...request.body, network: networkOf(request) }),
  )

  app.get(
    '/admin/promos',
    {
      config: { access: 'promo.manage' },
      schema: { tags, summary: 'Promo codes and their uses', querystring: PromoQuery, response: { 200: PromoList } },
    },
    async ({ actor, query }) => listPromos(ctx, { actor, query }),
  )

  app.post(
    '/admin/promos',
    {
      config: { access: 'promo.manage' },
      schema: { tags, summary: 'A new promo code', body: PromoBody, response: { 201: Promo, 409: ErrorBody } },
    },
    async (request, reply) => {
      const { actor, body } = request
      return reply.code(201).send(await createPromo(ctx, { actor, promo: body, origin: originOf(request) }))
    },
  )

  app.patch(
    '/admin/promos/:id',
    {
      config: { access: 'promo.manage' },
      schema: { tags, summary: 'Stop, resume or prolong a code', params, body: PromoPatch, response: { 200: Promo } },
    },
    async (request) => {
      const { actor, body } = request
      return changePromo(ctx, { actor, promoId: request.params.id, patch: body, origin: originOf(request) })
    },
  )

  app.post(
    '/admin/vouchers',
    {
      config: { access: 'voucher.issue' },
      schema: {
        tags,
        summary: 'A gift voucher; its code is told once, in this answer',
        body: VoucherBody,
        response: { 201: NewVoucher },
      },
    },
    async (request, reply) => {
      const { actor, body } = request
      const made = await issueVoucher(ctx, { actor, voucher: body, origin: originOf(request) })
      return reply.code(201).header('cache-control', 'no-store').send(made)
    },
  )
}

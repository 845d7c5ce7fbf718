import { holdSeats } from '@marquee/core/seats/hold-seats'
import { releaseInRedis } from '@marquee/core/seats/seat-holds'
import { expect, type Page } from '@playwright/test'
import type { Stage } from './stage.ts'

/** The amounts of a page, as they are written there. */
export const RUPEES = /₹[\d,]+\.\d\d/
export const SEATS = ['F7', 'F8']

/** A showtime of its own with two seats held, as the hall leaves them: the secret is in the tab. */
export async function holdFor(page: Page, stage: Stage, given: { showtimeId?: string; seatIds?: string[] } = {}) {
  const showtimeId = given.showtimeId ?? (await stage.showtime()).id
  const { holdToken } = await holdSeats(stage.ctx, { showtimeId, seatIds: given.seatIds ?? SEATS })
  await carryHold(page, showtimeId, holdToken)
  return { showtimeId, holdToken }
}

/** From now on this tab has the hold. */
export const carryHold = (page: Page, showtimeId: string, holdToken: string) =>
  page.addInitScript(
    ([key, token]) => {
      // A mail's frame has no storage, and needs none.
      if (window === window.top) sessionStorage.setItem(key, token)
    },
    [`mq.hold.${showtimeId}`, holdToken] as const,
  )

/** With seats held and somebody signed in, up to the gateway's page. */
export async function walkToGateway(page: Page, stage: Stage) {
  const { showtimeId } = await holdFor(page, stage)
  await page.goto(`/checkout/${showtimeId}`)
  await pressPay(page)
  const booking = await stage.ctx.db.booking.findFirstOrThrow({ where: { showtimeId } })
  return { showtimeId, bookingId: booking.id }
}

/** From the checkout to the gateway's page. */
export async function pressPay(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Pay ₹/ }).click()
  await expectGateway(page)
}

export const expectGateway = (page: Page) => expect(page.getByRole('banner')).toContainText('Test Payments')

/** Presses a button of the gateway's page. */
export const atGateway = (page: Page, what: string) =>
  page.getByRole('button', { name: new RegExp(`^${what}`) }).click()

/** @returns the booking's id */
export async function expectTicket(page: Page): Promise<string> {
  await expect(page.getByRole('heading', { name: 'You are going.' })).toBeVisible()
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

/** What is to be paid, where the page says it last. */
export async function amountOf(page: Page, where: 'hall' | 'phone hall' | 'page'): Promise<string> {
  const total = {
    hall: page.getByRole('complementary', { name: 'Your seats' }).getByRole('definition').last(),
    'phone hall': page.getByRole('button', { name: 'Continue' }).locator('..').getByText(RUPEES).first(),
    page: page.getByRole('main').getByRole('definition').filter({ hasText: RUPEES }).last(),
  }[where]
  await expect(total).toHaveText(RUPEES)
  return RUPEES.exec((await total.textContent()) ?? '')?.[0] ?? ''
}

/** The time to pay is over now, as if the guest had stared at the bank's page until then. */
export async function endPaymentWindow(stage: Stage, bookingId: string): Promise<void> {
  const over = new Date(Date.now() - 1_000)
  const { showtimeId, holder } = await stage.ctx.db.booking.update({ where: { id: bookingId }, data: { payBy: over } })
  await stage.ctx.db.seatClaim.updateMany({ where: { bookingId }, data: { expiresAt: over } })
  await releaseInRedis(stage.ctx, { showtimeId, holder })
}

/** The bank says yes to the payment that is still open at the gateway. */
export async function captureNow(stage: Stage, bookingId: string): Promise<void> {
  const { gatewayOrderId } = await stage.ctx.db.payment.findFirstOrThrow({ where: { bookingId } })
  const changed = stage.ledger.run('UPDATE payments SET capture_at = 1 WHERE order_id = ?', gatewayOrderId ?? '')
  expect(changed).toBe(1)
}

export const bookingsOf = (stage: Stage, showtimeId: string) =>
  stage.ctx.db.booking.findMany({
    where: { showtimeId },
    include: { payments: { include: { captures: { include: { refunds: true } } } } },
  })

import { holdSeats } from '@marquee/core/seats/hold-seats'
import {
  atGateway,
  bookingsOf,
  captureNow,
  carryHold,
  endPaymentWindow,
  expectGateway,
  expectTicket,
  holdFor,
  pressPay,
  SEATS,
  walkToGateway,
} from './support/checkout.ts'
import { continueButton, enterHall, expectYours, seat } from './support/hall.ts'
import { expect, test } from './support/test.ts'

test('a payment that the bank declines can be made again, for the same booking', async ({ guest, stage, account }) => {
  const { page } = await guest({ as: await account() })
  const { showtimeId, bookingId } = await walkToGateway(page, stage)

  await atGateway(page, 'Fail this payment')
  await expect(page.getByRole('alert')).toContainText('Nothing was taken')
  await page.getByRole('link', { name: 'Go back without paying' }).click()
  await expect(page.getByRole('heading', { name: 'Your seats are waiting for the payment.' })).toBeVisible()
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await atGateway(page, 'Pay by card')

  expect(await expectTicket(page)).toBe(bookingId)
  expect(await bookingsOf(stage, showtimeId)).toHaveLength(1)
})

test('who pays and closes the tab finds the booking confirmed', async ({ guest, stage, account }) => {
  const { page, context } = await guest({ as: await account() })
  await walkToGateway(page, stage)
  await atGateway(page, 'Pay but close the tab')
  await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible()
  await page.close()

  const later = await context.newPage()
  await later.goto('/bookings')
  const row = later
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: SEATS.join(', ') })
  await expect(row).toContainText('Confirmed')
  await row.getByRole('link').click()
  await expectTicket(later)
})

test('money that comes late books the same seats while they are free', async ({ guest, stage, account }) => {
  const { page } = await guest({ as: await account() })
  const { bookingId } = await walkToGateway(page, stage)
  await atGateway(page, 'Pay late')
  await endPaymentWindow(stage, bookingId)
  await page.goto(`/bookings/${bookingId}`)
  await expect(page.getByRole('heading', { name: 'The time to pay ran out.' })).toBeVisible()
  await expect(page.getByText('If you have paid, do not pay again')).toBeVisible()

  await captureNow(stage, bookingId)
  // Nobody reloads: the page looks again by itself.
  await expect(page.getByRole('heading', { name: 'You are going.' })).toBeVisible({ timeout: 30_000 })
})

test('money that comes after the seats went to somebody else goes back', async ({ guest, stage, account }) => {
  const who = await account()
  const { page } = await guest({ as: who })
  const { showtimeId, bookingId } = await walkToGateway(page, stage)
  await atGateway(page, 'Pay late')
  await endPaymentWindow(stage, bookingId)
  const other = await guest({ as: await account() })
  await holdFor(other.page, stage, { showtimeId })
  await other.page.goto(`/checkout/${showtimeId}`)
  await pressPay(other.page)
  await atGateway(other.page, 'Pay by UPI')
  await expectTicket(other.page)

  await captureNow(stage, bookingId)
  await expect(async () => {
    await page.goto(`/bookings/${bookingId}`)
    const words = /is on its way back to you|was refunded/
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words, { timeout: 1_500 })
  }).toPass({ timeout: 20_000 })
  await expect(page.getByRole('main')).toContainText('somebody else had taken the seats')
  await expectMail(page, who.email, /refund|back/i)
})

test('who pays twice has one booking, and is told that the second payment goes back', async ({
  guest,
  stage,
  account,
}) => {
  const who = await account()
  const { page } = await guest({ as: who })
  const { showtimeId } = await walkToGateway(page, stage)
  await atGateway(page, 'Pay twice')
  const bookingId = await expectTicket(page)

  await expect(async () => {
    await page.goto(`/bookings/${bookingId}`)
    await expect(page.getByText('This booking was paid twice.')).toBeVisible({ timeout: 1_500 })
  }).toPass({ timeout: 20_000 })
  await expectTicket(page)
  await expectMail(page, who.email, /refund|back/i)
  const bookings = await bookingsOf(stage, showtimeId)
  expect(bookings).toHaveLength(1)
  const captures = bookings.flatMap(({ payments }) => payments.flatMap((payment) => payment.captures))
  expect(captures.flatMap(({ refunds }) => refunds.map(({ reason }) => reason))).toEqual(['PAID_TWICE'])
})

test('a double click on Pay starts one booking', async ({ guest, stage, account }) => {
  const { page } = await guest({ as: await account() })
  const { showtimeId } = await holdFor(page, stage)
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/bookings')) asked.push(request.url())
  })
  await page.goto(`/checkout/${showtimeId}`)
  await page.getByRole('button', { name: /^Pay ₹/ }).dblclick()
  await expectGateway(page)
  expect(asked).toHaveLength(1)
  expect(await bookingsOf(stage, showtimeId)).toHaveLength(1)
})

test('two tabs with the same seats pay once', async ({ guest, stage, account }) => {
  const { page: first, context } = await guest({ as: await account() })
  const { showtimeId, holdToken } = await holdFor(first, stage)
  const second = await context.newPage()
  await carryHold(second, showtimeId, holdToken)
  await first.goto(`/checkout/${showtimeId}`)
  await second.goto(`/checkout/${showtimeId}`)
  await Promise.all([pressPay(first), pressPay(second)])

  await atGateway(first, 'Pay by UPI')
  const bookingId = await expectTicket(first)
  await atGateway(second, 'Pay by UPI')
  await expect(second.getByRole('heading', { name: 'Already paid' })).toBeVisible()
  await second.getByRole('link', { name: 'Back to the shop' }).click()
  expect(await expectTicket(second)).toBe(bookingId)
  expect(await bookingsOf(stage, showtimeId)).toHaveLength(1)
})

test('a hold that runs out at the checkout is explained, and nothing is charged', async ({ guest, stage, account }) => {
  const { page, watch } = await guest({ as: await account(), baseURL: stage.shortUrl })
  // The hall asks for the hold that is no more.
  watch.tolerated.push(/status of 409/)
  const { id } = await stage.showtime()
  await enterHall(page, id)
  await seat(page, 'F7').click()
  await seat(page, 'F8').click()
  await expectYours(page, ...SEATS)
  await continueButton(page).click()
  await expect(page.getByText('The time for your seats ran out', { exact: true })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('Nothing was charged.')
  expect(await bookingsOf(stage, id)).toEqual([])
  await page.getByRole('link', { name: 'See if they are still free' }).click()
  await expect(seat(page, 'F7')).toHaveAttribute('data-look', 'free')
})

test('a seat that somebody else was quicker to take is told kindly, and the others can be bought', async ({
  guest,
  stage,
}) => {
  const { page, watch } = await guest()
  watch.tolerated.push(/status of 409/)
  const { id: showtimeId } = await stage.showtime()
  await enterHall(page, showtimeId)
  await seat(page, 'F1').click()
  await expectYours(page, 'F1')

  // The other guest's request overtakes this one on its way.
  await page.route('**/holds', async (route) => {
    if (route.request().method() === 'POST') await holdSeats(stage.ctx, { showtimeId, seatIds: ['F2'] })
    await route.continue()
  })
  await seat(page, 'F2').click()
  await expect(page.getByText('Somebody was quicker: F2 is taken.')).toBeVisible()
  await expect(seat(page, 'F2')).toHaveAttribute('data-look', 'held')
  await expect(page.getByRole('button', { name: /^Take \w+ instead$/ })).toBeVisible()
  await expectYours(page, 'F1')
  await continueButton(page).click()
  await expect(page).toHaveURL(/\/sign-in\?next=/)
})

/** The outbox does not ask again by itself. */
async function expectMail(page: import('@playwright/test').Page, recipient: string | null, subject: RegExp) {
  await expect(async () => {
    await page.goto(`/outbox?recipient=${recipient}`)
    const mail = page.getByRole('list', { name: 'Messages' }).getByRole('button', { name: subject })
    await expect(mail.first()).toBeVisible({ timeout: 1_500 })
  }).toPass({ timeout: 20_000 })
}

import type { RefundStatus } from '@marquee/contracts/cancellations'
import { DEMO_ACCOUNTS } from '@marquee/core/demo/accounts'
import { newId } from '@marquee/core/ids'
import type { Page } from '@playwright/test'
import { barriers, STILL } from './support/barriers.ts'
import { atGateway, expectTicket, holdFor, SEATS, walkToGateway } from './support/checkout.ts'
import { enterHall, expectYours, seat } from './support/hall.ts'
import { expect, test } from './support/test.ts'

// The list of what was found says all; recording each look would take longer than looking.
test.use({ trace: 'off' })

async function visit(page: Page, path: string) {
  await page.goto(path)
  await expect(page.getByRole('heading').first()).toBeVisible()
  // Until the skeletons have gone.
  await expect(page.getByRole('main').getByText(/^Loading|^Signing you in/)).toHaveCount(0)
}

test('no barrier on the pages for everybody', async ({ guest, stage }) => {
  test.slow()
  const { page, watch } = await guest(STILL)
  watch.tolerated.push(/status of 4(04|22)/)
  const movie = await stage.ctx.db.movie.findFirstOrThrow({ where: { featured: true } })
  const theatre = await stage.ctx.db.theatre.findFirstOrThrow({ where: { city: { slug: 'hyderabad' } } })
  const pages = {
    home: '/',
    films: '/films',
    'a film': `/films/${movie.slug}`,
    cinemas: '/theatres',
    'a cinema': `/theatres/${theatre.slug}`,
    search: '/search',
    'what was found': `/search?q=${movie.title.split(' ').at(-1)}`,
    'sign in': '/sign-in',
    'sign up': '/sign-up',
    'a forgotten password': '/forgot-password',
    'no refund': '/refunds/nothing-of-ours',
    'a ticket check': '/tickets/verify?token=nothing-of-ours',
    'nothing there': '/no/such/page',
  }
  const found: string[] = []
  for (const [name, path] of Object.entries(pages)) {
    await visit(page, path)
    found.push(...(await barriers(page, name)))
  }
  await visit(page, '/')
  await page.getByRole('button', { name: /^City:/ }).click()
  await expect(page.getByRole('dialog').getByRole('button', { name: /Mumbai/ })).toBeVisible()
  found.push(...(await barriers(page, 'the city picker')))
  expect(found).toEqual([])
})

test('no barrier on the way to a ticket', async ({ guest, stage }) => {
  test.slow()
  const asha = await stage.ctx.db.user.findUniqueOrThrow({ where: { email: DEMO_ACCOUNTS[0].email } })
  const { page, watch } = await guest({ as: { ...asha, password: DEMO_ACCOUNTS[0].password }, ...STILL })
  watch.tolerated.push(/status of 404/)
  const booking = await stage.ctx.db.booking.findFirstOrThrow({ where: { userId: asha.id, status: 'CONFIRMED' } })
  const show = await stage.showtime()
  const found: string[] = []

  await enterHall(page, show.id)
  await seat(page, 'F7').click()
  await seat(page, 'F8').click()
  await expectYours(page, 'F7', 'F8')
  found.push(...(await barriers(page, 'the hall as a map')))
  await page.getByText('List', { exact: true }).click()
  await expect(page.getByRole('heading', { name: /^Premium/ })).toBeVisible()
  found.push(...(await barriers(page, 'the hall as a list')))

  const { showtimeId } = await holdFor(page, stage)
  const pages = {
    checkout: `/checkout/${showtimeId}`,
    'a booking': `/bookings/${booking.id}`,
    'my bookings': '/bookings',
    outbox: '/outbox',
    'a booking of somebody else': '/bookings/01a1fd56-1c66-7afc-9392-ffc3d8806b1f',
    'a payment that failed': '/payment/return?error=1',
  }
  for (const [name, path] of Object.entries(pages)) {
    await visit(page, path)
    found.push(...(await barriers(page, name)))
  }
  expect(found).toEqual([])
})

test('no barrier on the pages of an account and its money', async ({ guest, stage, account }) => {
  test.slow()
  const { page, watch } = await guest({ as: await account(), ...STILL })
  watch.tolerated.push(/status of 40[49]/)
  const found: string[] = []
  const look = async (name: string) => found.push(...(await barriers(page, name)))

  await visit(page, '/account')
  await look('an account')
  await page.getByRole('button', { name: 'Change the email address' }).click()
  await page.getByRole('textbox', { name: 'New email address' }).fill(`new-${Date.now()}@example.com`)
  await page.getByRole('dialog').getByLabel('Your password', { exact: true }).fill('two samosas please')
  await look('another address')
  await page.getByRole('button', { name: 'Send a code there' }).click()
  await expect(page.getByLabel('Code', { exact: true })).toBeVisible()
  await look('a code')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Delete my account' }).click()
  await look('leaving')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Apply as a cinema' }).click()
  await expect(page.getByRole('button', { name: 'Apply as a cinema' })).toHaveCount(0)
  await look('asking to run a cinema')

  const { showtimeId, bookingId } = await walkToGateway(page, stage)
  const { movieId } = await stage.ctx.db.showtime.findUniqueOrThrow({ where: { id: showtimeId } })
  const other = await stage.showtime({ movieId })
  await atGateway(page, 'Pay by UPI')
  await expectTicket(page)
  await page.getByRole('button', { name: 'Cancel seats' }).click()
  await page.getByRole('checkbox', { name: SEATS[0] ?? '' }).check()
  await expect(page.getByText('comes back to you')).toBeVisible()
  await look('seats to cancel')
  await page.getByRole('button', { name: 'Cancel 1 seat' }).click()
  await expect(page.getByRole('link', { name: 'Follow this refund' })).toBeVisible()
  await look('a booking with a seat given back')
  await page.getByRole('link', { name: 'Follow this refund' }).click()
  await expect(page.getByRole('heading', { name: 'Your refund' })).toBeVisible()
  await look('a refund')
  await visit(page, `/bookings/${bookingId}/move`)
  await look('a booking to move')
  await holdFor(page, stage, { showtimeId: other.id, seatIds: ['F7'] })
  await visit(page, `/bookings/${bookingId}/move?to=${other.id}`)
  await expect(page.getByRole('button', { name: 'Move my booking' })).toBeVisible()
  await look('the difference')
  expect(found).toEqual([])
})

test('no barrier on a password to be changed, nor on a refund that is on its way or held up', async ({
  guest,
  stage,
  account,
}) => {
  test.slow()
  const found: string[] = []
  const who = await account()
  await stage.ctx.db.user.update({ where: { id: who.id }, data: { mustChangePassword: true } })
  const { page, watch } = await guest({ as: who, ...STILL })
  watch.tolerated.push(/status of 403/)
  await page.goto('/account')
  await expect(page.getByRole('heading', { name: 'Choose a password' })).toBeVisible()
  found.push(...(await barriers(page, 'a password to be changed')))

  const { page: anybody } = await guest(STILL)
  const soon = new Date(Date.now() + 86_400_000).toISOString()
  const now = new Date().toISOString()
  const refund: RefundStatus = {
    reference: 'a'.repeat(32),
    state: 'PENDING',
    amountMinor: 74_956,
    reason: 'You gave 2 seats back',
    startedAt: now,
    promisedBy: soon,
    processedAt: null,
    movie: 'The Bidri Box',
    theatre: 'Lantern Cinemas',
    bookingCode: 'CA47Y3NH',
    currency: 'INR',
    steps: [
      { what: 'Your refund began', at: now, done: true },
      { what: 'Our payment provider has it', at: null, done: false },
      { what: 'Sent back', at: null, done: false },
    ],
    now,
  }
  for (const [state, badge] of [
    ['PENDING', 'On its way'],
    ['FAILED', 'Held up'],
  ] as const) {
    await anybody.route('**/api/refunds/*', (route) => route.fulfill({ json: { ...refund, state } }))
    await anybody.goto(`/refunds/${refund.reference}`)
    await expect(anybody.getByText(badge)).toBeVisible()
    found.push(...(await barriers(anybody, `a refund: ${badge}`)))
  }
  expect(found).toEqual([])
})

test('no barrier in the administration', async ({ guest, stage, account }) => {
  test.slow()
  const admin = DEMO_ACCOUNTS.find((one) => one.role === 'superadmin') ?? DEMO_ACCOUNTS[0]
  const superadmin = await stage.ctx.db.user.findUniqueOrThrow({ where: { email: admin.email } })
  const { page } = await guest({ as: { ...superadmin, password: admin.password }, ...STILL })
  const found: string[] = []
  for (const path of ['requests', 'users', 'promo-codes', 'vouchers', 'showtimes', 'cancellation-terms', 'audit']) {
    await visit(page, `/admin/${path}`)
    found.push(...(await barriers(page, path)))
  }
  await visit(page, '/admin/promo-codes')
  await page.getByRole('button', { name: 'New code' }).click()
  found.push(...(await barriers(page, 'a new promo code')))
  await visit(page, '/admin/users')
  await page
    .getByRole('button', { name: /^Change the role of/ })
    .first()
    .click()
  found.push(...(await barriers(page, 'a role')))
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'New admin' }).click()
  await expect(page.getByRole('textbox', { name: 'Narrow the list' })).toBeVisible()
  found.push(...(await barriers(page, 'a new admin')))

  await visit(page, '/admin/vouchers')
  await page.getByLabel('Amount in ₹').fill('500')
  await page.getByRole('button', { name: 'Make the voucher' }).click()
  await expect(page.getByRole('button', { name: 'Copy the code' })).toBeVisible()
  found.push(...(await barriers(page, 'a new voucher')))

  const { id: userId } = await account()
  await stage.ctx.db.adminRequest.create({
    data: { id: newId(Date.now()), userId, organisation: 'Sandhya Cinemas', message: 'Three halls in the old town.' },
  })
  await visit(page, '/admin/requests')
  await page.getByRole('button', { name: 'Decide about Sandhya Cinemas' }).click()
  await expect(page.getByRole('textbox', { name: 'Narrow the list' })).toBeVisible()
  found.push(...(await barriers(page, 'a request to decide')))

  const show = await stage.showtime()
  const { screen } = await stage.ctx.db.showtime.findUniqueOrThrow({
    where: { id: show.id },
    select: { screen: { select: { theatreId: true } } },
  })
  await visit(page, `/admin/showtimes?theatre=${screen.theatreId}`)
  await page
    .getByRole('button', { name: /^Cancel .+/ })
    .first()
    .click()
  await expect(page.getByRole('dialog').getByText('This cannot be undone.')).toBeVisible()
  found.push(...(await barriers(page, 'a show to cancel')))
  expect(found).toEqual([])
})

test('nothing moves for somebody who asked for that', async ({ guest, stage }) => {
  const { page } = await guest(STILL)
  const show = await stage.showtime()
  const moving = () =>
    page.evaluate(() =>
      document
        .getAnimations()
        .filter((one) => one.playState === 'running' && Number(one.effect?.getComputedTiming().activeDuration) > 1)
        .map((one) => (one instanceof CSSAnimation ? one.animationName : one.id)),
    )

  let answer = () => {}
  const asked = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route('**/seat-layouts/*', async (route) => {
    await asked
    await route.continue()
  })
  await page.goto(`/showtimes/${show.id}/seats`)
  await expect(page.getByText('Loading the hall')).toBeAttached()
  expect(await moving()).toEqual([])
  answer()
  await seat(page, 'F7').click()
  await expectYours(page, 'F7')
  expect(await moving()).toEqual([])
})

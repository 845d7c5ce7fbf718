import { atGateway, bookingsOf, expectGateway, expectTicket, holdFor, pressPay } from './support/checkout.ts'
import { confirmByCode } from './support/codes.ts'
import { continueButton, enterHall, expectYours, seat } from './support/hall.ts'
import { expect, test } from './support/test.ts'

const THREE = ['F1', 'F2', 'F3']

test('by a code to an account, three seats, one given back, its money followed, signed out everywhere', async ({
  guest,
  stage,
}) => {
  test.slow()
  const { page, context, watch } = await guest()
  // The wrong code; and the hall of before asks for the hold that became a booking.
  watch.tolerated.push(/status of 4(09|22)/)
  const email = `code-${Date.now()}@example.com`
  const password = 'velvet-curtain-4'
  const { id: showtimeId } = await stage.showtime()

  await test.step('hold three seats, sign up by the code from the outbox, the seats stay', async () => {
    await enterHall(page, showtimeId)
    for (const seatId of THREE) await seat(page, seatId).click()
    await expectYours(page, ...THREE)
    await continueButton(page).click()
    await page.getByRole('link', { name: 'Create an account' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Meera Rao')
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByLabel('Code', { exact: true }).fill('000000')
    await expect(page.getByText(/That is not the code/)).toBeVisible()
    await confirmByCode(page, email)
    await expect(page.getByRole('heading', { name: 'Pay and go' })).toBeVisible()
    await expect(page.getByText('75 % of the seat price comes back')).toBeVisible()
  })

  const later = await test.step('pay, and close the tab before coming back', async () => {
    await pressPay(page)
    await atGateway(page, 'Pay but close the tab')
    await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible()
    await page.close()
    const tab = await context.newPage()
    await tab.goto('/bookings')
    const row = tab
      .getByRole('main')
      .getByRole('listitem')
      .filter({ hasText: THREE.join(', ') })
    await expect(row).toContainText('Confirmed')
    await row.getByRole('link').click()
    await expectTicket(tab)
    return tab
  })

  await test.step('give one of the three back', async () => {
    await later.getByRole('button', { name: 'Cancel seats' }).click()
    const dialog = later.getByRole('dialog', { name: 'Cancel seats' })
    await dialog.getByRole('checkbox', { name: 'F2' }).check()
    await expect(dialog.getByText('comes back to you')).toBeVisible()
    await expect(dialog).toContainText('75 % of ₹350.00 for F2')
    await expect(dialog).toContainText('₹262.50')
    await dialog.getByRole('button', { name: 'Cancel 1 seat' }).click()
    await expect(dialog).toBeHidden()
    const ticket = later.getByRole('article', { name: /^Ticket for/ })
    await expect(ticket).toContainText('F1, F3')
    await expect(ticket.locator('s')).toHaveText('F2')
    const other = await guest()
    await enterHall(other.page, showtimeId)
    await expect(seat(other.page, 'F2')).toHaveAttribute('data-look', 'free')
    await expect(seat(other.page, 'F1')).toHaveAttribute('data-look', 'sold')
  })

  await test.step('a stranger with the link sees the refund finish', async () => {
    const href = await later.getByRole('link', { name: 'Follow this refund' }).getAttribute('href')
    const { page: stranger } = await guest()
    await stranger.goto(href ?? '')
    await expect(stranger.getByText('₹262.50')).toBeVisible()
    // Nobody reloads.
    await expect(stranger.getByText('Paid back', { exact: true })).toBeVisible({ timeout: 40_000 })
    await expect(stranger.getByRole('main')).not.toContainText(email)
    await expect(later.getByText('Paid back', { exact: true })).toBeVisible({ timeout: 40_000 })
    await expect(later.getByText(/^Credit note/)).toBeVisible({ timeout: 20_000 })
  })

  await test.step('sign out everywhere', async () => {
    const { id } = await stage.ctx.db.user.findUniqueOrThrow({ where: { email } })
    const user = await stage.ctx.db.user.findUniqueOrThrow({ where: { id } })
    const phone = await guest({ as: { ...user, password } })
    phone.watch.tolerated.push(/status of 401/)
    await phone.page.goto('/account')
    await expect(phone.page.getByText('This device')).toBeVisible()
    await expect(phone.page.getByRole('region', { name: 'Where you are signed in' }).getByRole('listitem')).toHaveCount(
      2,
    )

    await later.getByRole('button', { name: /^Account of/ }).click()
    await later.getByRole('link', { name: 'Your account' }).click()
    await later.getByRole('button', { name: 'Sign out everywhere' }).click()
    await later.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click()
    await expect(later).toHaveURL(/\/sign-in/)
    await phone.page.reload()
    await expect(phone.page).toHaveURL(/\/sign-in/)
  })
})

test('a forgotten password is replaced by a code', async ({ guest, account }) => {
  const who = await account()
  const { page } = await guest()
  await page.goto('/sign-in?next=/bookings')
  await page.getByRole('link', { name: 'I forgot my password' }).click()
  await page.getByRole('textbox', { name: 'Email', exact: true }).fill(who.email ?? '')
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await confirmByCode(page, who.email ?? '')
  await page.getByLabel('New password').fill('another-velvet-9')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('Your password is changed.')).toBeVisible()
  await page.getByLabel('Email, phone or username').fill(who.email ?? '')
  await page.getByLabel('Password', { exact: true }).fill('another-velvet-9')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/bookings$/)
})

test('a wrong promo code is said kindly, a right one is what the payment page charges', async ({
  guest,
  stage,
  account,
}) => {
  const code = `E2E${Date.now() % 1_000_000}`
  await stage.ctx.db.promoCode.create({
    data: {
      id: crypto.randomUUID(),
      code,
      description: 'A tenth off',
      kind: 'PERCENT',
      percent: 10,
      startsAt: new Date(Date.now() - 60_000),
      endsAt: new Date(Date.now() + 3_600_000),
    },
  })
  const { page } = await guest({ as: await account() })
  const { showtimeId } = await holdFor(page, stage)
  await page.goto(`/checkout/${showtimeId}`)
  await page.getByText('Have a code?').click()
  const field = page.getByLabel('Promo code', { exact: true })
  await field.fill('no-such')
  await page.getByRole('button', { name: 'Use the promo code' }).click()
  await expect(page.getByText('This code is not valid. Check how it is spelt.')).toBeVisible()
  await field.fill(code.toLowerCase())
  await field.press('Enter')
  await expect(page.getByText('A tenth off: ₹70 off.')).toBeVisible()
  const pay = page.getByRole('button', { name: /^Pay ₹/ })
  const amount = ((await pay.textContent()) ?? '').replace('Pay ', '')
  await pay.click()
  await expectGateway(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Pay ${amount}`)
  const [booking] = await bookingsOf(stage, showtimeId)
  expect(booking?.discountMinor).toBe(7_000)
})

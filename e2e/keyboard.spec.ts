import { makeMovie } from '@marquee/core/testing/factories'
import { atGateway, expectGateway, expectTicket, walkToGateway } from './support/checkout.ts'
import { readCode } from './support/codes.ts'
import { continueButton, enterHall, expectYours, seat } from './support/hall.ts'
import { tabAndPress, tabTo } from './support/keyboard.ts'
import { expect, test } from './support/test.ts'

// Not one call of the mouse in what these tests are about.

test('from the home page to a ticket without a mouse', async ({ guest, stage, account }) => {
  test.slow()
  const who = await account()
  const movie = await makeMovie(stage.ctx, { title: `Blind Organist ${who.id.slice(-6)}` })
  await stage.showtime({ movieId: movie.id })
  const { page } = await guest()
  const { keyboard } = page

  await page.goto('/')
  await page.getByRole('main').getByRole('article').first().waitFor()
  await tabAndPress(page, page.getByRole('link', { name: 'Search films, people' }))
  await expect(page.getByRole('searchbox')).toBeFocused()
  await keyboard.type(movie.title)
  await tabAndPress(page, page.getByRole('main').getByRole('link', { name: movie.title }))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(movie.title)
  await tabAndPress(page, page.getByRole('region', { name: 'Showtimes' }).getByRole('link', { name: /from ₹250/ }))

  await expect(page.getByRole('grid', { name: /^The hall/ })).toBeVisible()
  const focused = page.locator('[role=gridcell]:focus')
  await tabTo(page, page.locator('[role=gridcell][tabindex="0"]'))
  await keyboard.press('Control+Home')
  await expect(focused).toHaveAccessibleName('Row A, seat 1, regular, ₹250, free')
  for (let row = 0; row < 5; row++) await keyboard.press('ArrowDown')
  for (let step = 0; step < 6; step++) await keyboard.press('ArrowRight')
  await expect(focused).toHaveAccessibleName('Row F, seat 7, premium, ₹350, free')
  await keyboard.press('Space')
  await expect(focused).toHaveAccessibleName('Row F, seat 7, premium, ₹350, yours')
  await keyboard.press('End')
  await keyboard.press('Enter')
  await expectYours(page, 'F7', 'F8')
  await tabAndPress(page, continueButton(page))

  await tabTo(page, page.getByLabel('Email'))
  await keyboard.type(who.email ?? '')
  await tabTo(page, page.getByLabel('Password', { exact: true }))
  await keyboard.type(who.password)
  await keyboard.press('Enter')
  await tabAndPress(page, page.getByRole('button', { name: /^Pay ₹/ }))
  await expectGateway(page)
  await tabAndPress(page, page.getByRole('button', { name: /^Pay by UPI/ }))
  await expectTicket(page)
})

test('the list is as good as the map, without a mouse', async ({ guest, stage, account }) => {
  const showtime = await stage.showtime()
  const { page, watch } = await guest({ as: await account() })
  // The hall asks for the hold that became a booking.
  watch.tolerated.push(/status of 409/)
  await enterHall(page, showtime.id)

  await tabTo(page, page.getByRole('radio', { name: 'Map' }))
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: 'List' })).toBeChecked()
  const inList = (seatNumber: number) => page.getByRole('button', { name: new RegExp(`^Row B, seat ${seatNumber},`) })
  await tabAndPress(page, inList(1), 'Space')
  await tabAndPress(page, inList(2))
  for (const number of [1, 2]) {
    await expect(inList(number)).toHaveAttribute('aria-pressed', 'true')
    await expect(inList(number)).toHaveAccessibleName(`Row B, seat ${number}, regular, ₹250, yours`)
  }
  await expect(continueButton(page)).toBeEnabled()
  await tabAndPress(page, continueButton(page))
  await tabAndPress(page, page.getByRole('button', { name: /^Pay ₹/ }))
  await expectGateway(page)
  await tabAndPress(page, page.getByRole('button', { name: /^Pay by card/ }))
  await expectTicket(page)

  // What the list sold is sold on the map.
  await page.goto(`/showtimes/${showtime.id}/seats`)
  await expect(seat(page, 'B1')).toHaveAttribute('data-look', 'sold')
})

test('a code is typed, sent and corrected without a mouse', async ({ guest, account }) => {
  const who = await account()
  const { page, watch } = await guest()
  watch.tolerated.push(/status of 4(00|22)/)
  await page.goto('/sign-in')
  await tabTo(page, page.getByRole('radio', { name: 'With my password' }))
  await page.keyboard.press('ArrowRight')
  await tabTo(page, page.getByRole('textbox', { name: 'Email', exact: true }))
  await page.keyboard.type(who.email ?? '')
  await page.keyboard.press('Enter')
  const input = page.getByLabel('Code', { exact: true })
  await expect(input).toBeFocused()
  await page.keyboard.type('12')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Enter the six digits of the code.')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('000000')
  await expect(page.getByText(/That is not the code/)).toBeVisible()
  // Emptied and focused again: the next try needs no Tab.
  await expect(input).toBeFocused()
  await expect(input).toHaveValue('')
  await page.keyboard.type(await readCode(page, who.email ?? ''))
  await expect(page.getByRole('button', { name: /^Account of/ })).toBeVisible()
})

test('seats are given back without a mouse, and Escape gives nothing back', async ({ guest, stage, account }) => {
  const { page } = await guest({ as: await account() })
  await walkToGateway(page, stage)
  await atGateway(page, 'Pay by UPI')
  await expectTicket(page)
  const open = page.getByRole('button', { name: 'Cancel seats' })
  await tabAndPress(page, open)
  const dialog = page.getByRole('dialog', { name: 'Cancel seats' })
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(open).toBeFocused()
  await page.keyboard.press('Enter')
  await tabAndPress(page, dialog.getByRole('checkbox', { name: 'F7' }), 'Space')
  await expect(dialog.getByText('comes back to you')).toBeVisible()
  await tabAndPress(page, dialog.getByRole('button', { name: 'Cancel 1 seat' }))
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('article', { name: /^Ticket for/ }).locator('s')).toHaveText('F7')
})

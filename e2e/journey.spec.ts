import { readFileSync } from 'node:fs'
import { amountOf, atGateway, expectTicket, pressPay } from './support/checkout.ts'
import { confirmByCode } from './support/codes.ts'
import { continueButton, enterHall, seat } from './support/hall.ts'
import { expect, PHONE, test } from './support/test.ts'
import { readTicketCode } from './support/ticket-qr.ts'

// Each walks in a city of its own: the best seats of one are not the best seats of the other.
const VISITS = [
  { device: 'a desktop', options: {}, asked: 'Bangalore', city: 'Bengaluru', hall: 'hall' },
  { device: 'a phone', options: PHONE, asked: 'Bombay', city: 'Mumbai', hall: 'phone hall' },
] as const

for (const { device, options, asked, city, hall } of VISITS) {
  test(`from the home page to a ticket that opens the door, on ${device}`, async ({ guest, stage, account }) => {
    test.slow()
    const { page, context, watch } = await guest(options)
    const main = page.getByRole('main')
    const email = `walk-${Date.now()}-${city.toLowerCase()}@example.com`

    const film = await test.step('choose a city, a film, a day and a time', async () => {
      await page.goto('/')
      await page.getByRole('button', { name: /^City:/ }).click()
      await page.getByRole('searchbox', { name: 'City' }).fill(asked)
      await page.getByRole('dialog').getByRole('button', { name: city }).click()
      await expect(main.getByRole('heading', { level: 1 })).toContainText(city)

      const card = main.getByRole('region', { name: 'Now showing' }).getByRole('heading', { level: 3 }).first()
      const title = (await card.textContent()) ?? ''
      await card.click()
      await expect(main.getByRole('heading', { level: 1 })).toHaveText(title)

      const day = page.getByRole('navigation', { name: 'Day' }).getByRole('link').nth(1)
      await day.click()
      await expect(day).toHaveAttribute('aria-current', 'date')
      await main
        .getByRole('region', { name: 'Showtimes' })
        .getByRole('link', { name: /from ₹/ })
        .first()
        .click()
      await expect(page).toHaveURL(/\/showtimes\/[\w-]+\/seats/)
      return title
    })

    const { seats, amount } = await test.step('take the best two seats together', async () => {
      await expect(main.getByRole('heading', { level: 1 })).toHaveText(film)
      await page.getByRole('button', { name: 'The best 2 seats together' }).click()
      await expect(continueButton(page)).toBeEnabled()
      const chosen = page.getByRole('gridcell', { name: /, yours$/ })
      const names = await chosen.evaluateAll((all) => all.map((one) => one.ariaLabel ?? ''))
      expect(names).toHaveLength(2)
      const ids = names.map((name) => name.replace(/^Row ([A-Z]+), seat (\d+),.*/, '$1$2'))
      return { seats: ids, amount: await amountOf(page, hall) }
    })

    await test.step('make an account on the way, the seats stay', async () => {
      await continueButton(page).click()
      await page.getByRole('link', { name: 'Create an account' }).click()
      await page.getByLabel('Name', { exact: true }).fill('Meera Rao')
      await page.getByLabel('Email').fill(email)
      await page.getByLabel('Password', { exact: true }).fill('velvet-curtain-4')
      await page.getByRole('button', { name: 'Continue' }).click()
      await confirmByCode(page, email)
      await expect(page.getByRole('heading', { name: 'Pay and go' })).toBeVisible()
      await expect(main).toContainText(seats.join(', '))
      await expect(page.getByRole('timer')).toHaveText(/^\d:\d\d$/)
      expect(await amountOf(page, 'page')).toBe(amount)
    })

    await test.step('pay the same amount by UPI', async () => {
      await pressPay(page)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Pay ${amount}`)
      await expect(page.getByRole('definition').nth(1)).toHaveText(amount)
      await atGateway(page, 'Pay by UPI')
    })

    const { bookingId, code } = await test.step('the booking says the same', async () => {
      const id = await expectTicket(page)
      expect(await amountOf(page, 'page')).toBe(amount)
      const ticket = page.getByRole('article', { name: `Ticket for ${film}` })
      await expect(ticket).toContainText(seats.join(', '))
      return { bookingId: id, code: (await ticket.getByText(/^[A-Z0-9]{8}$/).textContent()) ?? '' }
    })

    const doorUrl = await test.step('the printed code leads to the door’s verdict', async () => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download ticket' }).click(),
      ])
      expect(download.suggestedFilename()).toBe(`marquee-ticket-${code}.pdf`)
      return readTicketCode(readFileSync(await download.path()))
    })

    await test.step('the door says valid', async () => {
      const url = new URL(doorUrl)
      expect(url.origin).toBe(stage.url)
      const answer = await context.request.get(`/api/tickets/verify${url.search}`)
      expect(await answer.json()).toMatchObject({ verdict: 'valid', ticket: { code, movie: film, seatIds: seats } })
      await page.goto(doorUrl)
      await expect(page.getByRole('status').filter({ hasText: 'Valid' })).toContainText(seats.join(', '))
    })

    await test.step('the mail with the same ticket is in the outbox', async () => {
      const attachment = page.getByRole('link', { name: /\.pdf/ })
      // The mail is sent after the ticket was printed; the page does not ask again by itself.
      await expect(async () => {
        await page.goto(`/outbox?recipient=${email}`)
        await expect(attachment).toBeVisible({ timeout: 2_000 })
      }).toPass({ timeout: 20_000 })
      const file = await context.request.get((await attachment.getAttribute('href')) ?? '')
      expect(readTicketCode(await file.body())).toBe(doorUrl)
    })

    await test.step('it is in my bookings, until I leave', async () => {
      await page
        .getByRole('link', { name: /bookings$/i })
        .first()
        .click()
      await expect(main.getByRole('listitem').filter({ hasText: film })).toContainText('Confirmed')
      await page.getByRole('button', { name: 'Account of Meera Rao' }).click()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await expect(page).toHaveURL(/\/sign-in/)
    })

    await test.step('nobody else finds it, and the seats are sold', async () => {
      const other = await guest({ ...options, as: await account() })
      other.watch.tolerated.push(/status of 404/)
      await other.page.goto(`/bookings/${bookingId}`)
      await expect(other.page.getByText('No such booking')).toBeVisible()
      const { showtimeId } = await stage.ctx.db.booking.findUniqueOrThrow({ where: { id: bookingId } })
      await enterHall(other.page, showtimeId)
      for (const seatId of seats) await expect(seat(other.page, seatId)).toHaveAttribute('data-look', 'sold')
    })
    expect(watch.frames.length).toBeGreaterThan(0)
  })
}

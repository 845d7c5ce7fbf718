// Pictures for the README, from the demo data: SCREENSHOTS=1 playwright test --project screenshots
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { atGateway, expectTicket, pressPay } from './support/checkout.ts'
import { continueButton } from './support/hall.ts'
import { armed, heldNumber, openBooking, waitFor, watchCinema } from './support/ringing.ts'
import { expect, PHONE, test } from './support/test.ts'

const FOLDER = path.join(import.meta.dirname, '..', 'docs', 'screenshots')
const DEVICES = {
  desktop: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5 },
  phone: PHONE,
}

for (const [device, options] of Object.entries(DEVICES)) {
  test(`pictures of ${device}`, async ({ guest, account }) => {
    test.slow()
    const who = await account({
      name: 'Meera Rao',
      email: device === 'phone' ? 'meera.rao@example.com' : 'meera@example.com',
    })
    const { page } = await guest({ ...options, as: who, colorScheme: 'dark', reducedMotion: 'reduce' })

    await page.goto('/')
    const feature = page.getByRole('main').getByRole('article').first()
    await expect(feature).toBeVisible()
    await picture(page, `home-${device}`)

    // Tomorrow: today's last show may be over.
    await feature.getByRole('heading').getByRole('link').click()
    const day = page.getByRole('navigation', { name: 'Day' }).getByRole('link').nth(1)
    await day.click()
    await expect(day).toHaveAttribute('aria-current', 'date')
    const shows = page.getByRole('region', { name: 'Showtimes' }).getByRole('link', { name: /from ₹/ })
    await expect(shows.first()).toBeVisible()
    await page.evaluate(() => scrollTo(0, 0))
    await picture(page, `film-${device}`)

    await shows.nth(2).click()
    await page.getByRole('button', { name: 'The best 2 seats together' }).click()
    await expect(continueButton(page)).toBeEnabled()
    await page.mouse.move(0, 0)
    await picture(page, `seats-${device}`)

    await continueButton(page).click()
    await pressPay(page)
    await atGateway(page, 'Pay by UPI')
    await expectTicket(page)
    await expect(page.getByRole('button', { name: 'Download ticket' })).toBeEnabled()
    await picture(page, `ticket-${device}`)
  })
}

/** Each device has a film of its own: booking opens once. */
const WATCHED = {
  desktop: { id: '810073', title: 'The Last Ferry to Kollam' },
  phone: { id: '810089', title: 'Paper Tigers' },
}

for (const [device, options] of Object.entries(DEVICES)) {
  test(`pictures of an alert, ${device}`, async ({ guest, stage }) => {
    test.slow()
    const film = WATCHED[device as keyof typeof WATCHED]
    const number = heldNumber()
    await watchCinema(stage, film)
    const { page } = await guest({ ...options, colorScheme: 'dark', reducedMotion: 'reduce' })
    await page.goto('/alert-me?city=hyderabad&film=orbit-nine')
    await expect(page.getByRole('group', { name: 'Film' })).toContainText('Orbit Nine')
    await page.getByLabel('Your name').fill('Meera')
    await page.getByLabel('Phone', { exact: true }).fill('98765 43299')
    await page.getByRole('checkbox', { name: 'Call me' }).check()
    await page.evaluate(() => scrollTo(0, 0))
    await picture(page, `alert-form-${device}`)

    await waitFor(page, film, number)
    await armed(stage, film.title)
    const { page: phone } = await guest({ ...options, colorScheme: 'dark', reducedMotion: 'reduce' })
    await phone.goto(`/outbox?show=calls&recipient=${encodeURIComponent(`+91${number}`)}`)
    await openBooking((await guest()).page, film)
    const held = phone.getByRole('region', { name: 'The phone' })
    await expect(held.getByText('Incoming call')).toBeVisible({ timeout: 30_000 })
    await picture(phone, `phone-rings-${device}`)
    await held.getByRole('button', { name: 'Answer' }).click()
    await expect(phone.getByRole('group', { name: /are waited for$/ })).toBeVisible({ timeout: 20_000 })
    await phone.mouse.move(0, 0)
    await held.evaluate((element) => element.scrollIntoView({ block: 'center' }))
    await picture(phone, `phone-speaks-${device}`)
    await held.getByRole('button', { name: '1', exact: true }).click()
    await expect(phone.getByRole('log')).toContainText('We tell you nothing more about it.')

    await page.getByRole('main').getByRole('link', { name: 'My alerts' }).click()
    const card = page.getByRole('article', { name: film.title })
    await expect(card.getByText('You have seen it', { exact: true })).toBeVisible()
    await picture(page, `my-alerts-${device}`)
  })
}

async function picture(page: Page, name: string) {
  await page.evaluate(() => document.fonts.ready)
  await expect
    .poll(() =>
      page.evaluate(() =>
        [...document.images]
          // What is not shown at this size is never fetched.
          .filter((image) => image.checkVisibility() && image.getBoundingClientRect().top < innerHeight)
          .every((image) => image.complete && image.naturalWidth > 0),
      ),
    )
    .toBe(true)
  mkdirSync(FOLDER, { recursive: true })
  const file = path.join(FOLDER, `${name}.webp`)
  const { size } = await sharp(await page.screenshot())
    .webp({ quality: 84 })
    .toFile(file)
  expect(size, name).toBeLessThan(300_000)
}

// Pictures for the README, from the demo data: SCREENSHOTS=1 playwright test --project screenshots
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { atGateway, expectTicket, pressPay } from './support/checkout.ts'
import { continueButton } from './support/hall.ts'
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

async function picture(page: Page, name: string) {
  await page.evaluate(() => document.fonts.ready)
  await expect
    .poll(() =>
      page.evaluate(() =>
        [...document.images]
          .filter((image) => image.getBoundingClientRect().top < innerHeight)
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

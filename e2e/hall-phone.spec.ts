import type { Locator } from '@playwright/test'
import { continueButton, enterHall, expectYours, seat } from './support/hall.ts'
import { expect, PHONE, test } from './support/test.ts'

const SMALL = { ...PHONE, viewport: { width: 320, height: 640 } }

const edges = async (what: Locator) => {
  const box = await what.boundingBox()
  if (!box) throw new Error('it is not drawn')
  return { ...box, right: box.x + box.width, bottom: box.y + box.height }
}

test('the largest hall on a small phone: rows are named, near seats numbered, nothing lies over it', async ({
  guest,
  stage,
}) => {
  const { id } = await stage.ctx.db.showtime.findFirstOrThrow({
    where: { status: 'SCHEDULED', startsAt: { gt: new Date(Date.now() + 36e5) }, seatLayout: { seatCount: 1_100 } },
  })
  // Whoever asks for less motion got the left edge of the hall instead of its middle.
  const { page } = await guest({ ...SMALL, reducedMotion: 'reduce' })
  await enterHall(page, id)
  const hall = page.getByRole('grid', { name: /^The hall/ })
  await expect(hall.getByText(/rows AA to AF/)).toBeVisible()
  await expect(hall.locator('.seat-number')).toHaveCount(0)

  await page.getByRole('button', { name: 'Zoom in' }).click()
  expect(await hall.locator('.seat-number').count()).toBeGreaterThan(100)
  const box = page.locator('.hall > div').first()
  const seen = await box.evaluate((element) => ({
    middle: element.scrollLeft + element.clientWidth / 2,
    width: element.scrollWidth,
  }))
  expect(Math.abs(seen.middle / seen.width - 0.5), 'the middle stays in the middle').toBeLessThan(0.03)

  // Wherever one moves it, the letters of the rows in sight stand at its edge.
  for (const left of [0, 700, 5_000]) {
    await box.evaluate((element, to) => element.scrollTo(to, 400), left)
    const letter = page.getByText('L', { exact: true })
    await expect(letter).toBeVisible()
    expect((await edges(letter)).x).toBeLessThan(12)
  }
  const view = await edges(box)
  for (const name of ['Show the whole hall', 'Zoom in', 'Zoom out']) {
    expect((await edges(page.getByRole('button', { name }))).y).toBeGreaterThanOrEqual(view.bottom)
  }
  const minimap = await edges(page.locator('.hall > div').nth(1).locator(':scope > svg'))
  expect(minimap.y).toBeGreaterThanOrEqual(view.bottom)
  expect(minimap.right).toBeLessThan((await edges(page.getByRole('button', { name: 'Show the whole hall' }))).x)
})

test('what stops seats that leave one alone takes little of a small phone', async ({ guest, stage }) => {
  const showtime = await stage.showtime()
  const { page } = await guest(SMALL)
  await enterHall(page, showtime.id)
  await seat(page, 'F2').click()
  await expectYours(page, 'F2')
  await seat(page, 'F3').click()
  await expectYours(page, 'F2', 'F3')
  await continueButton(page).click()
  const take = page.getByRole('button', { name: /^Take F1 and F2 instead/ })
  await expect(take).toBeVisible()
  await expect(continueButton(page)).toHaveAccessibleDescription(/F1 would be left alone/)
  const bar = await edges(page.locator('.fixed', { has: take }))
  expect(bar.height).toBeLessThanOrEqual(180)
  expect((await edges(continueButton(page))).right).toBeLessThanOrEqual(320)
  await take.click()
  await expectYours(page, 'F1', 'F2')
})

import { continueButton, enterHall, expectYours, seat } from './support/hall.ts'
import { expect, test } from './support/test.ts'

test('seats that would leave one alone are not sold like this, and the way out is one key', async ({
  guest,
  stage,
}) => {
  const showtime = await stage.showtime()
  const { page } = await guest()
  await enterHall(page, showtime.id)
  await seat(page, 'F2').click()
  await expectYours(page, 'F2')
  await seat(page, 'F3').click()
  await expectYours(page, 'F2', 'F3')
  await continueButton(page).click()

  const words = page.getByText('These seats cannot be sold like this: F1 would be left alone.', { exact: true })
  await expect(words).toBeVisible()
  await expect(continueButton(page)).toHaveAccessibleDescription(/F1 would be left alone/)
  await continueButton(page).click({ force: true })
  await expect(page).toHaveURL(/\/seats/)

  await page.getByRole('button', { name: /^Take F1 and F2 instead/ }).focus()
  await page.keyboard.press('Enter')
  await expectYours(page, 'F1', 'F2')
  await expect(words).toBeHidden()
  await expect(continueButton(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).not.toHaveURL(/\/seats/)
})

test('no choice of that many avoids it: nobody is refused', async ({ guest, stage }) => {
  const showtime = await stage.showtime()
  const { page } = await guest()
  const others = await guest()
  await enterHall(others.page, showtime.id)
  // Row F from the aisle is three seats then: any two of them leave one.
  await seat(others.page, 'F4').click()
  await expectYours(others.page, 'F4')
  await enterHall(page, showtime.id)
  await seat(page, 'F2').click()
  await seat(page, 'F3').click()
  await expectYours(page, 'F2', 'F3')
  await continueButton(page).click()
  await expect(page).not.toHaveURL(/\/seats/)
})

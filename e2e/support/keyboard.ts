import { expect, type Locator, type Page } from '@playwright/test'

const MOST_STOPS = 150

/** Walks with Tab until this is focused, and checks that a person can see that it is. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((element) => element === document.activeElement)) {
      await expectFocusSeen(page)
      return
    }
  }
  throw new Error(`${target.toString()} is not among ${MOST_STOPS} tab stops`)
}

export async function tabAndPress(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press(key)
}

/** A ring on the focused thing, on its label when it is a hidden radio, or the hall's own ring around a seat. */
async function expectFocusSeen(page: Page): Promise<void> {
  const seen = () =>
    page.evaluate(() => {
      const focused = document.activeElement
      if (!focused?.matches(':focus-visible')) return false
      const ringed = [focused, focused.closest('label')].some((element) => {
        const style = element && getComputedStyle(element)
        return style && style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2
      })
      const seatRing = focused.closest('svg')?.querySelector('.seat-ring')
      return ringed || (seatRing ? getComputedStyle(seatRing).opacity === '1' : false)
    })
  await expect.poll(seen, 'the focus can be seen').toBe(true)
}

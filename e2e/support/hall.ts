import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'

/** "F7" on the map. */
export function seat(page: Page, seatId: string): Locator {
  const [, row, number] = /^([A-Z]+)(\d+)$/.exec(seatId) ?? []
  return page.getByRole('gridcell', { name: new RegExp(`^Row ${row}, seat ${number},`) })
}

/** Opens the hall and waits until its seats are drawn and the live line is up. */
export async function enterHall(page: Page, showtimeId: string, baseUrl = ''): Promise<void> {
  const live = new Promise((resolve) => page.on('websocket', (socket) => socket.once('framereceived', resolve)))
  await page.goto(`${baseUrl}/showtimes/${showtimeId}/seats`)
  await live
  await expect(page.getByRole('grid', { name: /^The hall/ })).toBeVisible()
}

export async function expectYours(page: Page, ...seatIds: string[]): Promise<void> {
  for (const seatId of seatIds) await expect(seat(page, seatId)).toHaveAttribute('data-look', 'yours')
  await expect(page.getByRole('button', { name: 'Continue' })).toBeEnabled()
}

export const continueButton = (page: Page) => page.getByRole('button', { name: 'Continue' })

/** Writes down every change of a seat's look with the moment it was drawn. */
export async function recordLooks(page: Page, seatId: string): Promise<(look: string) => Promise<number>> {
  const key = `looks-${seatId}`
  await seat(page, seatId).evaluate((element, name) => {
    const seen: { look: string | null; at: number }[] = []
    Object.assign(window, { [name]: seen })
    new MutationObserver(() => seen.push({ look: element.getAttribute('data-look'), at: Date.now() })).observe(
      element,
      {
        attributeFilter: ['data-look'],
      },
    )
  }, key)
  /** @returns when it first looked like this since the last question, in epoch milliseconds */
  return async (look) => {
    const moment = await page.waitForFunction(
      ([name, wanted]) => {
        const seen = Reflect.get(window, name) as { look: string | null; at: number }[]
        const index = seen.findIndex((change) => change.look === wanted)
        return index >= 0 && seen.splice(0, index + 1).at(-1)?.at
      },
      [key, look] as const,
    )
    return Number(await moment.jsonValue())
  }
}

/** Clicks, and answers with the moment the browser saw the click. */
export async function clickAt(target: Locator): Promise<number> {
  const clicked = target.evaluate(
    () =>
      new Promise<number>((resolve) =>
        addEventListener('click', () => resolve(Date.now()), { capture: true, once: true }),
      ),
  )
  await target.click()
  return clicked
}

import type { AlertFilmList } from '@marquee/contracts/alerts'
import { expect, type Page } from '@playwright/test'
import type { Stage } from './stage.ts'

const CODE = /(?<!\d)\d{6}(?!\d)/
/** A film of the cinema that is watched; nobody else sells it. */
export type WatchedFilm = { id: string; title: string }

let numbers = 0
/** A number that no persona has: its phone rings until somebody picks it up on the Outbox page. */
export const heldNumber = () => `9${String(Date.now()).slice(-6)}${numbers++ % 10}77`

/** The cinema is looked at as often as it allows, and its films are known. @returns the key of this one */
export async function watchCinema(stage: Stage, { title }: WatchedFilm): Promise<string> {
  await stage.ctx.db.listingSource.update({ where: { id: 'demo-cinema' }, data: { intervalSeconds: 5 } })
  let key: string | undefined
  await expect
    .poll(
      async () => {
        const answer = await fetch(`${stage.url}/api/alerts/films?city=hyderabad&limit=100`)
        key = ((await answer.json()) as AlertFilmList).items.find((film) => film.title === title)?.key
        return key
      },
      { timeout: 25_000, message: 'the list of the cinema is read', intervals: [250] },
    )
    .toBeDefined()
  return key ?? ''
}

/** What is on sale when somebody comes is no news: only what opens after a look that found it closed is. */
export async function armed(stage: Stage, title: string): Promise<void> {
  const waiting = { subscription: { title }, watch: { sourceId: 'demo-cinema' } }
  await expect
    .poll(
      () =>
        stage.ctx.db.subscriptionWatch.count({ where: { ...waiting, armedAt: { not: null }, alreadyOpenAt: null } }),
      { timeout: 25_000, message: 'the film was seen closed', intervals: [250] },
    )
    .toBe(1)
}

/** Where a person decides what the cinema does. */
export async function openBooking(page: Page, { title }: WatchedFilm): Promise<void> {
  await page.goto('/dev/cinema/control?city=hyderabad')
  await page.getByRole('button', { name: `Open booking: ${title}`, exact: true }).click()
  await expect(page.getByRole('status')).toHaveText(`${title}: booking is open in Hyderabad`)
}

/** From the bell to "We are watching", as a guest who wants to be called, at night as well. */
export async function waitFor(page: Page, { title }: WatchedFilm, number: string): Promise<void> {
  await page.goto('/alert-me?city=hyderabad')
  await page.getByRole('combobox', { name: 'Film' }).fill(title)
  await page.getByRole('option', { name: title }).first().click()
  await page.getByLabel('Your name').fill('Meera')
  await page.getByLabel('Phone', { exact: true }).fill(number)
  await page.getByRole('checkbox', { name: 'Call me' }).check()
  await page.getByRole('checkbox', { name: 'Text me' }).check()
  await page.getByText('How and when').click()
  await page.getByRole('checkbox', { name: 'Wake me all the same' }).check()
  await page.getByRole('button', { name: 'Tell me when it opens' }).click()
  const field = page.getByLabel('Code', { exact: true })
  await expect(field).toBeFocused()
  await field.fill(await codeOf(page, `+91${number}`))
  await expect(page.getByRole('heading', { name: 'We are watching.' })).toBeVisible()
}

async function codeOf(page: Page, recipient: string): Promise<string> {
  let code = ''
  await expect(async () => {
    const answer = await page.request.get(`/api/dev/outbox?recipient=${encodeURIComponent(recipient)}&limit=1`)
    const { items } = (await answer.json()) as { items: { text: string }[] }
    code = CODE.exec(items[0]?.text ?? '')?.[0] ?? ''
    expect(code).not.toBe('')
  }).toPass({ timeout: 15_000, intervals: [100] })
  return code
}

import { expect, type Page } from '@playwright/test'

/** Six digits that stand alone, as the mail has them. */
const CODE = /(?<!\d)\d{6}(?!\d)/

/** Reads the newest code for this address where a person of a development copy does: on the outbox page, in a tab of its own. */
export async function readCode(page: Page, recipient: string): Promise<string> {
  const outbox = await page.context().newPage()
  let code: string | undefined
  // The mail goes out after the answer; the page asks again only every few seconds.
  await expect(async () => {
    await outbox.goto(`/outbox?recipient=${encodeURIComponent(recipient)}`)
    await outbox.getByText('Plain text').click({ timeout: 1_500 })
    const words = await outbox.getByRole('article').locator('pre').textContent({ timeout: 1_500 })
    code = CODE.exec(words ?? '')?.[0]
    expect(code).toBeDefined()
  }).toPass({ timeout: 20_000 })
  await outbox.close()
  return code ?? ''
}

/** From the filled-in form to the account. */
export async function confirmByCode(page: Page, recipient: string): Promise<void> {
  const input = page.getByLabel('Code', { exact: true })
  await expect(input).toBeFocused()
  await input.fill(await readCode(page, recipient))
}

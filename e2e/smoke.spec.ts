import { expect, test } from '@playwright/test'

test('the home page shows films, and no error', async ({ page }) => {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))

  await page.goto('/')

  const main = page.getByRole('main')
  await expect(main.getByRole('article').first().getByRole('heading')).toBeVisible()
  await expect(main.getByRole('link', { name: /from ₹\d+/ }).first()).toBeVisible()
  expect(problems).toEqual([])
})

test('an address typed by hand opens the app, an unknown API address does not', async ({ page, request }) => {
  await page.goto('/theatres')
  await expect(page.getByRole('main')).toBeVisible()
  const missing = await request.get('/api/no-such-thing')
  expect(missing.status()).toBe(404)
  expect(await missing.json()).toMatchObject({ error: { code: 'NOT_FOUND' } })
})

import { DEMO_ACCOUNTS } from '@marquee/core/demo/accounts'
import { holdSeats } from '@marquee/core/seats/hold-seats'
import { enterHall, expectYours, seat } from './support/hall.ts'
import { expect, test } from './support/test.ts'

test('a line that drops is said, and the hall catches up when it is back', async ({ guest, stage }) => {
  const { page, context, watch } = await guest()
  watch.tolerated.push(/ERR_INTERNET_DISCONNECTED/)
  const { id: showtimeId } = await stage.showtime()
  await enterHall(page, showtimeId)
  await seat(page, 'A1').click()
  await expectYours(page, 'A1')

  await context.setOffline(true)
  await expect(page.getByText('You are offline. What you see was loaded earlier')).toBeVisible()
  await holdSeats(stage.ctx, { showtimeId, seatIds: ['C5'] })
  await expect(seat(page, 'C5')).toHaveAttribute('data-look', 'free')
  await context.setOffline(false)
  await expect(page.getByText('You are offline.')).toHaveCount(0)
  await expect(seat(page, 'C5')).toHaveAttribute('data-look', 'held')
  await expectYours(page, 'A1')
})

test('a slow answer shows the shape of what is coming', async ({ guest, stage }) => {
  const { page } = await guest()
  const { id } = await stage.showtime()
  let answer = () => {}
  const released = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route('**/api/**', async (route) => {
    await released
    await route.continue()
  })
  await page.goto(`/showtimes/${id}/seats`)
  await expect(page.getByRole('status').filter({ hasText: 'Loading the hall' })).toBeVisible()
  answer()
  await expect(seat(page, 'A1')).toBeVisible()
  await expect(page.getByText('Loading the hall')).toHaveCount(0)
})

test('a service that fails is said, and can be asked again', async ({ guest }) => {
  const { page, watch } = await guest()
  watch.tolerated.push(/status of 500/)
  let broken = true
  await page.route('**/api/home*', (route) => (broken ? route.fulfill({ status: 500, body: '{}' }) : route.continue()))
  await page.goto('/')
  await expect(page.getByRole('alert')).toContainText('The films did not load')
  broken = false
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('article').first()).toBeVisible()
})

test('a part of the app that does not arrive leaves a way on', async ({ guest }) => {
  const { page, watch } = await guest()
  watch.tolerated.push(/ERR_FAILED/, /dynamically imported module/)
  await page.goto('/')
  await expect(page.getByRole('article').first()).toBeVisible()
  await page.route('**/assets/theatres-page*', (route) => route.abort())
  await page.getByRole('link', { name: 'Cinemas' }).first().click()
  await expect(page.getByRole('alert')).toContainText('Marquee was updated, or the connection dropped')
  await page.unroute('**/assets/theatres-page*')
  await page.getByRole('button', { name: 'Load again' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Cinemas/ })).toBeVisible()
})

test('addresses of nothing say so', async ({ guest }) => {
  const { page, watch } = await guest()
  watch.tolerated.push(/status of 404/)
  for (const [path, words] of [
    ['/no/such/page', 'There is no page at this address'],
    ['/films/never-made', 'There is no film at this address'],
    ['/theatres/never-built', /no (cinema|theatre)/],
    ['/showtimes/01a1fd56-1c66-7afc-9392-ffc3d8806b1f/seats', 'There is no such showtime'],
    ['/checkout/01a1fd56-1c66-7afc-9392-ffc3d8806b1f', /./],
  ] as const) {
    await page.goto(path)
    await expect(page.getByRole('main')).toContainText(words)
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible()
  }
})

test('every address can be loaded again where it is', async ({ guest, stage }) => {
  test.slow()
  const asha = await stage.ctx.db.user.findUniqueOrThrow({ where: { email: DEMO_ACCOUNTS[0].email } })
  const { page } = await guest({ as: { ...asha, password: DEMO_ACCOUNTS[0].password } })
  const booking = await stage.ctx.db.booking.findFirstOrThrow({
    where: { userId: asha.id },
    include: { showtime: { include: { movie: true, screen: { include: { theatre: true } } } } },
  })
  const { movie, screen } = booking.showtime
  const show = await stage.showtime()
  for (const path of [
    '/',
    '/films',
    `/films/${movie.slug}`,
    '/theatres',
    `/theatres/${screen.theatre.slug}`,
    `/search?q=${encodeURIComponent(movie.title)}`,
    `/showtimes/${show.id}/seats`,
    `/checkout/${show.id}`,
    '/bookings',
    `/bookings/${booking.id}`,
    '/outbox',
    '/tickets/verify',
  ]) {
    await page.goto(path)
    const title = page.getByRole('main').getByRole('heading', { level: 1 })
    await expect(title).toBeVisible()
    const words = (await title.textContent()) ?? ''
    await page.reload()
    await expect(title).toHaveText(words)
    expect(new URL(page.url()).pathname).toBe(path.split('?')[0])
  }
})

test('a session that ends on the way is renewed, or asked for again', async ({ guest, account }) => {
  const { page, context, watch } = await guest({ as: await account() })
  watch.tolerated.push(/status of 401/)
  await page.goto('/bookings')
  await expect(page.getByText('No film ahead')).toBeVisible()

  // The access token of the next request has ended: the refresh cookie gets another.
  let refused = 0
  await page.route('**/api/bookings?*', async (route) => {
    const headers = route.request().headers()
    const answer = refused === 0 ? { headers: { ...headers, authorization: 'Bearer ended' } } : {}
    refused += 1
    await route.continue(answer)
  })
  const renewed = page.waitForResponse('**/api/auth/refresh')
  await page.getByRole('link', { name: 'Past', exact: true }).click()
  expect((await renewed).status()).toBe(200)
  await expect(page.getByText('Nothing here yet')).toBeVisible()
  await page.unroute('**/api/bookings?*')

  await context.clearCookies()
  await page.reload()
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fbookings/)
})

test('signing in leads to pages of this site only', async ({ guest, account, stage }) => {
  const who = await account()
  const { page, context } = await guest()
  for (const next of [
    '//evil.example',
    'https://evil.example/x',
    '/\\evil.example',
    'javascript:alert(1)',
    '/%09/evil.example',
  ]) {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
    await page.getByLabel('Email').fill(who.email ?? '')
    await page.getByLabel('Password', { exact: true }).fill(who.password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(page).not.toHaveURL(/sign-in/)
    expect(new URL(page.url()).origin, next).toBe(stage.url)
    await context.clearCookies()
    await page.evaluate(() => localStorage.clear())
  }
})

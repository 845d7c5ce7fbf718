import type { DevCallList } from '@marquee/contracts/carrier'
import { createAlert } from '@marquee/core/alerts/create-alert'
import { alertForm } from '@marquee/core/testing/alert-form'
import type { Page } from '@playwright/test'
import { armed, heldNumber, openBooking, waitFor, watchCinema } from './support/ringing.ts'
import { expect, test } from './support/test.ts'

// The cinema site is another's: nobody tells us that its booking is open, somebody has to look.
const FERRY = { id: '810073', title: 'The Last Ferry to Kollam' }
const LAMPS = { id: '810047', title: 'Lamplighters of Laad Bazaar' }
/** A look, a second one to be sure, the ladder, the carrier. */
const RINGS_WITHIN = 25_000

const callsTo = async (page: Page, number: string) =>
  ((await (await page.request.get(`/api/dev/calls?to=${encodeURIComponent(number)}`)).json()) as DevCallList).items

test('the phone rings when booking opens, says what, and one key ends it', async ({ guest, stage }) => {
  // Whoever calls speaks as slowly as a voice does.
  test.slow()
  await watchCinema(stage, FERRY)
  const number = heldNumber()
  const { page } = await guest()
  await test.step('a guest waits, the number proved by a code', async () => {
    await waitFor(page, FERRY, number)
    await armed(stage, FERRY.title)
  })

  const { page: phone } = await guest()
  await phone.goto(`/outbox?show=calls&recipient=${encodeURIComponent(`+91${number}`)}`)
  await expect(phone.getByText('It has not rung yet')).toBeVisible()
  await test.step('the cinema opens its booking', async () => {
    const { page: office } = await guest()
    await openBooking(office, FERRY)
  })

  await test.step('the phone rings, speaks and takes key 1', async () => {
    const held = phone.getByRole('region', { name: 'The phone' })
    await expect(held.getByText('Incoming call')).toBeVisible({ timeout: RINGS_WITHIN })
    await expect(phone.getByRole('alert').filter({ hasText: 'rings: Marquee calls.' })).toContainText(
      `+91 ${number.slice(0, 5)} ${number.slice(5)}`,
    )
    await held.getByRole('button', { name: 'Answer' }).click()
    const words = held.getByRole('log', { name: 'What is said' })
    await expect(words).toContainText(`Booking is open for ${FERRY.title} in Hyderabad.`)
    await expect(words).toContainText(/First showing \w+day the .+, at Lantern Row/)
    // The words take as long as they would; their keys are lit once they are asked for.
    await expect(held.getByRole('group', { name: 'Keys: 1, 2, 9 are waited for' })).toBeVisible({ timeout: 20_000 })
    await phone.keyboard.press('1')
    await expect(words).toContainText('You pressed 1')
    await expect(words).toContainText('We tell you nothing more about it.')
    await expect(held.getByText(/^Marquee hung up|^All was said/)).toBeVisible()
  })

  await test.step('the text came as well, and nothing more will', async () => {
    await phone.getByRole('link', { name: 'Texts' }).click()
    const text = phone.getByRole('article', { name: 'Text message' })
    await expect(text).toContainText(`Marquee: booking is open for ${FERRY.title} in Hyderabad.`)
    await expect(text).toContainText('GSM-7')
    expect(await callsTo(phone, `+91${number}`)).toHaveLength(1)
    const alert = await stage.ctx.db.alert.findFirstOrThrow({
      where: { subscription: { title: FERRY.title } },
      include: { attempts: true },
    })
    expect(alert).toMatchObject({ state: 'ACKNOWLEDGED', acknowledgedBy: 'call' })
    expect(alert.attempts.filter(({ state }) => state === 'PLANNED' || state === 'SENDING')).toEqual([])
  })

  await test.step('my alerts have the proof', async () => {
    await page.getByRole('main').getByRole('link', { name: 'My alerts' }).click()
    const card = page.getByRole('article', { name: FERRY.title })
    await expect(card.getByText('You have seen it', { exact: true })).toBeVisible()
    await expect(card).toContainText(/Call\s*answered/)
    await card.getByText('Why we were sure').click()
    await expect(card).toContainText('Seen at Lantern Row Cinemas')
    await expect(card.getByText('counts by itself').first()).toBeVisible()
  })
})

test('the bell of somebody signed in rings live, and is answered there', async ({ guest, stage, account }) => {
  const film = await watchCinema(stage, LAMPS)
  const who = await account()
  const number = `+91${heldNumber()}`
  const body = await alertForm(stage.ctx, {
    city: 'hyderabad',
    film,
    phone: number,
    channels: ['in_app', 'call'],
    quietHours: { from: '22:00', to: '08:00', wakeMe: true },
  })
  const actor = { kind: 'user', userId: who.id, role: who.role, jti: 'e2e' } as const
  await createAlert(stage.ctx, { asker: { actor }, body, network: '198.18.0.1' })

  const { page } = await guest({ as: who })
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible()
  await armed(stage, LAMPS.title)
  const { page: office } = await guest()
  await openBooking(office, LAMPS)

  const news = `Booking is open: ${LAMPS.title}`
  await expect(page.getByRole('button', { name: 'Notifications, 1 unread' })).toBeVisible({ timeout: RINGS_WITHIN })
  await expect(page.getByRole('alert').filter({ hasText: news })).toContainText('Hyderabad. First showing')
  await page.getByRole('button', { name: 'Notifications, 1 unread' }).click()
  const panel = page.getByRole('region', { name: 'Notifications', exact: true })
  await expect(panel.getByRole('link', { name: news })).toHaveAttribute('href', '/alerts')
  await panel.getByRole('button', { name: 'I have seen it' }).click()
  // Nor does the toast ask any more, which would stand there for half a minute.
  await expect(page.getByRole('button', { name: 'I have seen it' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible()

  // A phone that rang meanwhile stops, and none rings after it.
  await expect
    .poll(async () => (await callsTo(page, number)).every(({ state }) => state === 'ended'), { intervals: [200] })
    .toBe(true)
  const alert = await stage.ctx.db.alert.findFirstOrThrow({
    where: { subscription: { title: LAMPS.title } },
    include: { attempts: true },
  })
  expect(alert).toMatchObject({ state: 'ACKNOWLEDGED', acknowledgedBy: 'in_app' })
  expect(alert.attempts.filter(({ state }) => state === 'PLANNED')).toEqual([])
  await panel.getByRole('link', { name: 'My alerts' }).click()
  await expect(page.getByRole('article', { name: LAMPS.title })).toContainText('You have seen it')
})

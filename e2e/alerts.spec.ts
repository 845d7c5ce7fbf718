import type { AlertFilm, AlertFilmList } from '@marquee/contracts/alerts'
import { hashContact } from '@marquee/core/alerts/contacts/seal'
import { signLink } from '@marquee/core/alerts/links/sign-link'
import type { Page } from '@playwright/test'
import { barriers, STILL } from './support/barriers.ts'
import { tabAndPress, tabTo } from './support/keyboard.ts'
import type { Stage } from './support/stage.ts'
import { expect, test } from './support/test.ts'

/** Films of a city as the form has them. */
async function filmsOf(stage: Stage, city: string): Promise<AlertFilm[]> {
  const answer = await fetch(`${stage.url}/api/alerts/films?city=${city}&limit=100`)
  return ((await answer.json()) as AlertFilmList).items
}

/** Nobody sells it yet. */
async function comingFilm(stage: Stage): Promise<AlertFilm & { movieSlug: string }> {
  const film = (await filmsOf(stage, 'hyderabad')).find(
    ({ status, onSaleAt, movieSlug }) => status === 'upcoming' && onSaleAt.length === 0 && movieSlug !== null,
  )
  if (!film?.movieSlug) throw new Error('every film of the demo is on sale')
  return { ...film, movieSlug: film.movieSlug }
}

let numbers = 0
/** Held by somebody who never picks up by themselves: by its last digits a number has habits of its own. */
const newNumber = () => `9${String(Date.now()).slice(-5)}${Math.random().toString().slice(2, 4)}99`
const newAddress = () => `alerts-${Date.now()}-${numbers++}@example.com`

/** The newest code for this number or address, as the outbox has it. */
async function codeFor(page: Page, recipient: string): Promise<string> {
  let code = ''
  await expect(async () => {
    const answer = await page.request.get(`/api/dev/outbox?recipient=${encodeURIComponent(recipient)}&limit=1`)
    const { items } = (await answer.json()) as { items: { text: string }[] }
    code = /(?<!\d)\d{6}(?!\d)/.exec(items[0]?.text ?? '')?.[0] ?? ''
    expect(code).not.toBe('')
  }).toPass({ timeout: 15_000, intervals: [100] })
  return code
}

const submit = (page: Page) => page.getByRole('button', { name: 'Tell me when it opens' })
const codeField = (page: Page) => page.getByLabel('Code', { exact: true })

/** From a bell to the confirmation, as a guest with a number. */
async function subscribe(page: Page, film: { movieSlug: string; title: string }, number = newNumber()) {
  await page.goto(`/alert-me?film=${film.movieSlug}`)
  await expect(page.getByRole('group', { name: 'Film' })).toContainText(film.title)
  await page.getByLabel('Your name').fill('Asha')
  await page.getByLabel('Phone', { exact: true }).fill(number)
  await page.getByRole('checkbox', { name: 'Call me' }).check()
  await page.getByRole('checkbox', { name: 'Text me' }).check()
  await submit(page).click()
  await expect(codeField(page)).toBeFocused()
  await codeField(page).fill(await codeFor(page, `+91${number}`))
  await expect(page.getByRole('heading', { name: 'We are watching.' })).toBeVisible()
  return `+91${number}`
}

test('the form never refuses in silence', async ({ guest }) => {
  const { page } = await guest()
  await page.goto('/alert-me')
  const phone = page.getByLabel('Phone', { exact: true })
  await expect(page.getByRole('combobox', { name: 'Country of the number' })).toHaveValue('+91')
  await submit(page).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Not sent yet' })).toContainText(
    'the film, your name and how we tell you',
  )
  await expect(page.getByRole('combobox', { name: 'Film' })).toBeFocused()
  await expect(page.getByRole('combobox', { name: 'Film' })).toHaveAccessibleDescription(
    'Choose the film you wait for.',
  )
  await expect(page.getByText('Choose at least one way to be told.')).toBeVisible()

  await page.getByRole('combobox', { name: 'Film' }).click()
  await page.getByRole('listbox').getByRole('option').first().click()
  await page.getByLabel('Your name').fill('Asha')
  await page.getByRole('checkbox', { name: 'Call me' }).check()
  await submit(page).click()
  await expect(phone).toBeFocused()
  await expect(phone).toHaveAccessibleDescription(/^Enter the number that we shall call or text\./)
  await phone.fill('12345')
  await submit(page).click()
  await expect(phone).toHaveAccessibleDescription(/^Enter the number with its country/)
  // A pasted number brings its country, and the list says so.
  await phone.fill('+44 7700 900123')
  await expect(page.getByRole('combobox', { name: 'Country of the number' })).toHaveValue('+44')
})

test('another city has another list, and what it lacks is taken out with a word about it', async ({ guest, stage }) => {
  const [here, there] = await Promise.all([filmsOf(stage, 'hyderabad'), filmsOf(stage, 'chennai')])
  const only = here.find(({ key }) => !there.some((film) => film.key === key))
  if (!only) throw new Error('both cities have the same films')
  const both = await comingFilm(stage)
  const { page } = await guest()
  await page.goto(`/alert-me?film=${both.movieSlug}&city=hyderabad`)
  const chosen = page.getByRole('group', { name: 'Film' })
  await expect(chosen).toContainText(both.title)
  await page.getByLabel('City', { exact: true }).selectOption('chennai')
  await expect(page.getByRole('listbox')).toHaveCount(0)
  await expect(chosen).toContainText(both.title)
  await page.getByLabel('City', { exact: true }).selectOption('hyderabad')
  await chosen.getByRole('button', { name: 'Change the film' }).click()
  await page.keyboard.type(only.title)
  await page.keyboard.press('Enter')
  await expect(chosen).toContainText(only.title)

  await page.getByLabel('City', { exact: true }).selectOption('chennai')
  await expect(page.getByRole('status').filter({ hasText: only.title })).toHaveText(
    `${only.title} is not listed in Chennai, so we took it out. Choose another film.`,
  )
  await page.getByRole('combobox', { name: 'Film' }).fill(only.title)
  await expect(page.getByText('No film in Chennai is called that.')).toBeVisible()
})

test('a guest is watched for, comes back by the link, changes it and ends it', async ({ guest, stage }) => {
  const film = await comingFilm(stage)
  const { page } = await guest()
  await page.goto(`/films/${film.movieSlug}`)
  await expect(page.getByRole('link', { name: 'Call me when it opens' })).toHaveAttribute(
    'href',
    `/alert-me?film=${film.movieSlug}&city=hyderabad`,
  )
  const number = await subscribe(page, film)
  await expect(page.getByRole('heading', { name: 'We are watching.' })).toBeFocused()
  await expect(page.getByText(/^We watch .* Marquee’s own programme tells us the moment booking opens/)).toBeVisible()
  await expect(page.getByText(/we call and text \+91\s.* from 08:00 to 22:00 IST/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Test call' })).toBeEnabled()
  await page.getByRole('main').getByRole('link', { name: 'My alerts' }).click()
  await expect(page.getByRole('article', { name: film.title })).toContainText('Watching')

  const { contact, token } = await linkOf(stage, number)
  const { page: later } = await guest()
  await later.goto(`/alerts?t=${token}`)
  const card = later.getByRole('article', { name: film.title })
  await expect(card).toContainText('Our own listings tell us at once.')
  expect(new URL(later.url()).search).toBe('')
  await later.reload()
  await expect(card).toBeVisible()

  await card.getByRole('button', { name: 'Edit' }).click()
  await later.getByText('Only certain showings').click()
  await later.getByRole('button', { name: 'IMAX' }).click()
  await later.getByRole('button', { name: 'Save' }).click()
  await expect(card.getByText('Hyderabad · IMAX')).toBeVisible()
  await card.getByRole('button', { name: 'Pause' }).click()
  await expect(card.getByText('Paused', { exact: true })).toBeVisible()
  // What was pressed is gone: whoever has only keys goes on at what stands in its place.
  await expect(card.getByRole('button', { name: 'Resume' })).toBeFocused()
  await card.getByRole('button', { name: 'Resume' }).click()
  await expect(card.getByText('Watching', { exact: true })).toBeVisible()

  const expiresAt = new Date(Date.now() + 3_600_000)
  const stop = signLink(stage.ctx, {
    contactId: contact.id,
    linkVersion: contact.linkVersion,
    scope: 'unsubscribe',
    channel: 'sms',
    expiresAt,
  })
  await later.goto(`/alerts/unsubscribe?t=${stop}`)
  await expect(
    later.getByText(`One press, and Marquee sends no more texts about alerts to ${contact.masked}`),
  ).toBeVisible()
  await later.getByRole('button', { name: 'Stop the texts' }).click()
  await expect(later.getByRole('status').filter({ hasText: 'No more texts go to' })).toContainText(
    `•${number.slice(-3)}`,
  )
  expect((await stage.ctx.db.alertSubscription.findFirst({ where: { phoneContactId: contact.id } }))?.channels).toEqual(
    ['call'],
  )

  await later.getByRole('main').getByRole('link', { name: 'My alerts' }).click()
  await card.getByRole('button', { name: 'Delete' }).click()
  await later.getByRole('button', { name: 'Delete the alert' }).click()
  // With the last alert the number is forgotten, and so are the links to it.
  await expect(later.getByText('Deleted, and forgotten')).toBeVisible()
  await expect(later.getByRole('heading', { name: 'My alerts' })).toBeFocused()
  expect(await stage.ctx.db.contactPoint.findUnique({ where: { id: contact.id } })).toBeNull()
})

test('a link that has ended says what to do', async ({ guest }) => {
  const { page, watch } = await guest()
  watch.tolerated.push(/status of 401/)
  await page.goto('/alerts')
  await expect(page.getByText('Whose alerts?')).toBeVisible()
  await page.goto('/alerts?t=nothing-of-ours')
  await expect(page.getByText('This link has ended')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Prove my number again' })).toHaveAttribute('href', '/alert-me')
})

test('what is on sale already is said to be so, with the way to book', async ({ guest, stage, account }) => {
  const film = (await filmsOf(stage, 'hyderabad')).find(({ onSaleAt }) => onSaleAt.length > 0)
  if (!film?.movieSlug) throw new Error('no film of the demo is on sale')
  const who = await account()
  await stage.ctx.db.user.update({ where: { id: who.id }, data: { emailVerifiedAt: new Date() } })
  const { page } = await guest({ as: who })
  await page.goto(`/alert-me?film=${film.movieSlug}&city=hyderabad`)
  await expect(page.getByRole('group', { name: 'Film' })).toContainText('On sale now')
  await page.getByRole('checkbox', { name: 'Mail me' }).check()
  await page.getByRole('checkbox', { name: 'Tell me on this site' }).check()
  // Whose address the account has proved is asked for no code.
  await submit(page).click()
  await expect(page.getByRole('heading', { name: 'It is on sale already.' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Book at Marquee' })).toHaveAttribute(
    'href',
    /^\/showtimes\/[\w-]+\/seats$/,
  )
  await expect(page.getByRole('button', { name: 'Test call' })).toHaveCount(0)
})

test('an alert is set without a mouse', async ({ guest, stage }) => {
  const film = await comingFilm(stage)
  const number = newNumber()
  const address = newAddress()
  const { page } = await guest()
  const { keyboard } = page
  await page.goto('/alert-me?city=hyderabad')
  await tabTo(page, page.getByRole('combobox', { name: 'Film' }))
  await keyboard.type(film.title)
  await keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Change the film' })).toBeFocused()
  await tabTo(page, page.getByLabel('Your name'))
  await keyboard.type('Asha')
  await tabTo(page, page.getByLabel('Phone', { exact: true }))
  await keyboard.type(number)
  await tabTo(page, page.getByLabel('Email', { exact: true }))
  await keyboard.type(address)
  await tabAndPress(page, page.getByRole('checkbox', { name: 'Call me' }), 'Space')
  await tabAndPress(page, page.getByRole('checkbox', { name: 'Mail me' }), 'Space')
  await tabAndPress(page, page.locator('summary', { hasText: 'Only certain showings' }), 'Enter')
  await tabAndPress(page, page.getByRole('button', { name: 'IMAX' }), 'Space')
  await tabAndPress(page, submit(page))
  await expect(codeField(page)).toBeFocused()
  await keyboard.type(await codeFor(page, `+91${number}`))
  await expect(page.getByText('Code 2 of 2')).toBeVisible()
  await expect(codeField(page)).toBeFocused()
  await keyboard.type(await codeFor(page, address))
  await expect(page.getByRole('heading', { name: 'We are watching.' })).toBeFocused()
  await tabAndPress(page, page.getByRole('main').getByRole('link', { name: 'My alerts' }))
  await expect(page.getByRole('article', { name: film.title })).toContainText('IMAX')
})

test('no barrier on the way to an alert and back', async ({ guest, stage }) => {
  test.slow()
  const film = await comingFilm(stage)
  const { page, watch } = await guest(STILL)
  const found: string[] = []
  await page.goto('/alert-me')
  await submit(page).click()
  await expect(page.getByText('Choose the film you wait for.')).toBeVisible()
  await page.getByText('Only certain showings').click()
  await page.getByText('How and when').click()
  await page.getByRole('combobox', { name: 'Film' }).click()
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible()
  found.push(...(await barriers(page, 'the form with its errors and its list')))
  await subscribe(page, film)
  found.push(...(await barriers(page, 'what is watched')))
  await page.getByRole('main').getByRole('link', { name: 'My alerts' }).click()
  const card = page.getByRole('article', { name: film.title })
  await card.getByText('What you asked for').click()
  found.push(...(await barriers(page, 'my alerts')))
  await card.getByRole('button', { name: 'Edit' }).click()
  await expect(card.getByRole('checkbox', { name: 'Call me' })).toBeChecked()
  found.push(...(await barriers(page, 'an alert to change')))
  watch.tolerated.push(/status of 401/)
  await page.goto('/alerts/unsubscribe?t=nothing-of-ours')
  await expect(page.getByRole('heading', { name: 'This link has ended' })).toBeVisible()
  found.push(...(await barriers(page, 'messages to stop')))
  expect(found).toEqual([])
})

/** What stands in the texts to this number. */
async function linkOf(stage: Stage, number: string) {
  const contact = await stage.ctx.db.contactPoint.findFirstOrThrow({
    where: { kind: 'phone', hash: hashContact(stage.ctx, 'phone', number) },
  })
  const expiresAt = new Date(Date.now() + 3_600_000)
  const token = signLink(stage.ctx, {
    contactId: contact.id,
    linkVersion: contact.linkVersion,
    scope: 'manage',
    expiresAt,
  })
  return { contact, token }
}

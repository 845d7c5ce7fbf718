import type {
  DeadJobList,
  DeliveryList,
  ForecastList,
  ObservationList,
  OpeningList,
  WatchList,
} from '@marquee/contracts/listings'
import { DEMO_ACCOUNTS } from '@marquee/core/demo/accounts'
import { newId } from '@marquee/core/ids'
import { notifyUser } from '@marquee/core/notifications/notify-user'
import type { Page } from '@playwright/test'
import { barriers, STILL } from './support/barriers.ts'
import { heldNumber } from './support/ringing.ts'
import type { Stage } from './support/stage.ts'
import { expect, type Guest, test } from './support/test.ts'

const now = new Date().toISOString()
const page = { total: 60, limit: 25, offset: 0 }
const evidence = [
  { rule: 'session-bookable', strength: 'strong', where: 'data.sessions[3]', excerpt: 'avail: 112', hash: 'ab12' },
  { rule: 'visible-words', strength: 'veto', where: 'main', excerpt: 'Sold out '.repeat(30), hash: 'ab12' },
] as const
const LONG = 'Lamplighters of Laad Bazaar, the Second Part of the Long Night of the Bangle Makers'
const opening = {
  watchId: newId(),
  title: LONG,
  sourceName: 'Lantern Row Cinemas',
  city: 'Hyderabad',
  evidence: [...evidence],
}
const watch = {
  title: LONG,
  sourceId: 'demo-cinema',
  sourceName: 'Lantern Row Cinemas',
  city: 'Hyderabad',
  siteMovieId: '810047',
  announcedAt: now,
  releaseDate: '2026-12-18',
  intervalSeconds: 600,
  failStreak: 0,
  lastLookAt: now,
  nextLookAt: now,
  lastOkAt: now,
  subscribers: 1204,
}
const call = {
  channel: 'call',
  step: 1,
  at: now,
  title: LONG,
  city: 'Hyderabad',
  to: '+91 ••••• ••299',
  tries: 1,
} as const

/** What the lists would hold after a long night. */
const LISTS = {
  watches: {
    ...page,
    items: [
      { ...watch, id: newId(), verdict: 'ANNOUNCED', lastVerdict: 'UNKNOWN', lastReason: 'outage', blindSince: now },
      { ...watch, id: newId(), verdict: null, lastVerdict: null, lastReason: null, blindSince: null },
    ],
  } satisfies WatchList,
  openings: {
    ...page,
    items: [
      {
        ...opening,
        id: newId(),
        kind: 'OPENING',
        state: 'HELD',
        detectedAt: now,
        confirmedAt: now,
        closedAt: null,
        heldReason: '7 of 12 films changed within an hour',
        told: 0,
        acknowledged: 0,
      },
      {
        ...opening,
        id: newId(),
        kind: 'SEATS_BACK',
        state: 'LIVE',
        detectedAt: now,
        confirmedAt: now,
        closedAt: null,
        heldReason: null,
        told: 1204,
        acknowledged: 877,
      },
    ],
  } satisfies OpeningList,
  deliveries: {
    ...page,
    items: [
      {
        ...call,
        id: newId(),
        state: 'FAILED',
        outcome: 'the carrier refused it',
        provider: 'plivo',
        providerId: null,
        retryable: true,
        receipts: [],
      },
      {
        ...call,
        id: newId(),
        state: 'ANSWERED',
        outcome: 'answered, pressed 1',
        provider: 'plivo',
        providerId: newId(),
        retryable: false,
        receipts: [
          {
            status: 'ringing',
            at: now,
          },
          {
            status: 'completed',
            at: now,
          },
        ],
      },
    ],
  } satisfies DeliveryList,
  'dead-jobs': {
    ...page,
    items: [
      {
        id: 'watch.look:1',
        queue: 'scrape',
        name: 'watch.look',
        attempts: 5,
        error: 'connect ETIMEDOUT',
        failedAt: now,
      },
    ],
  } satisfies DeadJobList,
  forecasts: {
    items: [
      {
        theatre: 'Lantern Row Tarnaka',
        daysBefore: {
          low: 2.5,
          median: 4,
          high: 6.1,
        },
        openings: 14,
        hours: {
          from: '10:00',
          to: '12:00',
        },
        expected: null,
      },
    ],
  } satisfies ForecastList,
}
const LOOKS: ObservationList = {
  ...page,
  items: [
    {
      id: newId(),
      at: now,
      verdict: 'UNKNOWN',
      reason: 'outage',
      status: 200,
      sessions: 3,
      bookable: 0,
      openDates: ['2026-12-18'],
      evidence: [...evidence],
      hasPage: true,
    },
  ],
}

async function superadmin(stage: Stage, guest: (options: object) => Promise<Guest>) {
  const demo = DEMO_ACCOUNTS.find((one) => one.role === 'superadmin') ?? DEMO_ACCOUNTS[0]
  const user = await stage.ctx.db.user.findUniqueOrThrow({ where: { email: demo.email } })
  return guest({ as: { ...user, password: demo.password }, ...STILL })
}
const answerWith = (at: Page, path: string, json: object) =>
  at.route(new RegExp(`/api/admin/${path}(\\?|$)`), (route) => route.fulfill({ json }))
const loaded = (at: Page) => expect(at.getByRole('main').getByText(/^Loading/)).toHaveCount(0)

test('no barrier in the administration of alerts', async ({ guest, stage }) => {
  test.slow()
  const { page: desk } = await superadmin(stage, guest)
  const found: string[] = []
  for (const [name, list] of Object.entries(LISTS)) await answerWith(desk, name, list)
  await answerWith(desk, 'watches/[\\w-]+/observations', LOOKS)
  const pages = ['sources', 'watches', 'openings', 'deliveries', 'dead-letters', 'forecasts']
  for (const path of pages) {
    await desk.goto(`/admin/${path}`)
    await expect(desk.getByRole('heading', { level: 1 })).toBeVisible()
    await loaded(desk)
    for (const more of await desk.getByRole('main').locator('summary').all()) await more.click()
    found.push(...(await barriers(desk, path)))
  }
  await desk.goto('/admin/watches')
  await desk.getByRole('button', { name: LONG }).first().click()
  await desk.getByRole('dialog').getByText('Evidence').click()
  found.push(...(await barriers(desk, 'the looks at a film')))
  await desk.goto('/admin/sources')
  await desk.getByRole('button', { name: 'Switch on: District' }).click()
  await desk.getByRole('button', { name: 'Switch it on' }).click()
  await expect(desk.getByText('Say in a sentence why polling this site is permitted.')).toBeVisible()
  found.push(...(await barriers(desk, 'a source to switch on')))
  expect(found).toEqual([])
})

test('a source is switched on with a reason, frozen, thawed and switched off', async ({ guest, stage }) => {
  // Of no city: nobody may be asked because of a test.
  await stage.ctx.db.listingSource.create({
    data: {
      id: 'e2e-cinema',
      name: 'Paper Lantern',
      kind: 'jsonld',
      baseUrl: 'https://cinema.invalid',
      cities: {},
      hosts: ['cinema.invalid'],
      minGapMs: 15e3,
      dailyBudget: 500,
      enabled: false,
      permission: '',
    },
  })
  const { page: desk, watch } = await superadmin(stage, guest)
  watch.tolerated.push(/status of 422/)
  await desk.goto('/admin/sources')
  const source = desk.getByRole('article', { name: 'Paper Lantern' })
  await expect(source).toContainText('Nobody has switched it on.')
  await expect(desk.getByRole('article', { name: 'Marquee' }).getByRole('button')).toHaveCount(0)
  await source.getByRole('button', { name: 'Switch on' }).click()
  await desk.getByLabel('Why is polling this site permitted?').fill('Agreed with their office by letter, 2 November.')
  await desk.getByLabel('Gap, seconds').fill('3')
  await desk.getByRole('button', { name: 'Switch it on' }).click()
  await expect(desk.getByLabel('Gap, seconds')).toHaveAccessibleDescription(/10/)
  await desk.getByLabel('Gap, seconds').fill('900')
  await desk.getByLabel('Budget a day').fill('1')
  await desk.getByRole('button', { name: 'Switch it on' }).click()
  await expect(source).toContainText('Agreed with their office by letter, 2 November.')
  await expect(source).toContainText('900 seconds at least')

  await source.getByRole('button', { name: 'Freeze' }).click()
  await desk.getByLabel('Why?').fill('Their pages changed')
  await desk.getByRole('button', { name: 'Freeze it' }).click()
  await expect(source).toContainText(/Frozen .+: Their pages changed/)
  await source.getByRole('button', { name: 'Thaw' }).click()
  await desk.getByLabel('Why?').fill('Read again, and right')
  await desk.getByRole('button', { name: 'Thaw it' }).click()
  await expect(source.getByRole('button', { name: 'Freeze' })).toBeVisible()
  await source.getByRole('button', { name: 'Switch off' }).click()
  await desk.getByRole('button', { name: 'Switch it off' }).click()
  await expect(source.getByRole('button', { name: 'Switch on' })).toBeVisible()
})

test('no barrier where phones ring and bells', async ({ guest, stage, account }) => {
  test.slow()
  const who = await account()
  const { page: at } = await guest({ as: who, ...STILL })
  const found: string[] = []
  const number = `+91${heldNumber()}`
  const show = (what: string) => `/outbox?show=${what}&recipient=${encodeURIComponent(number)}`
  await at.goto('/bot')
  await expect(at.getByRole('heading', { level: 1 })).toBeVisible()
  found.push(...(await barriers(at, 'who our reader is')))
  await at.goto(show('calls'))
  await expect(at.getByText('It has not rung yet')).toBeVisible()
  found.push(...(await barriers(at, 'a quiet phone')))
  await stage.ctx.voice.place({
    to: number,
    ringSeconds: 120,
    limitSeconds: 60,
    answerUrl: `${stage.url}/nowhere/{carrier}`,
    statusUrl: `${stage.url}/nowhere/{carrier}`,
  })
  await expect(at.getByRole('button', { name: 'Answer' })).toBeVisible()
  found.push(...(await barriers(at, 'a phone that rings')))
  await at.getByRole('button', { name: 'Decline' }).click()
  await expect(at.getByRole('region', { name: 'The phone' }).getByText('Declined')).toBeVisible()
  found.push(...(await barriers(at, 'a call that was declined')))

  await stage.ctx.sms.send({
    to: number,
    text: 'Marquee: अलर्ट है। https://marquee.example/alerts',
    idempotencyKey: newId(),
  })
  await at.goto(show('texts'))
  const text = at.getByRole('article', { name: 'Text message' })
  await expect(text).toContainText('Unicode')
  await text.getByRole('button', { name: 'STOP' }).click()
  await expect(at.getByText('Sent. What Marquee answers is the next text.')).toBeVisible()
  found.push(...(await barriers(at, 'a text that was answered')))

  await notifyUser(stage.ctx, { userId: who.id, kind: 'test', title: LONG, body: 'As you asked.', url: '/alerts' })
  await at.getByRole('button', { name: 'Notifications, 1 unread' }).click()
  await expect(at.getByRole('link', { name: LONG })).toBeVisible()
  found.push(...(await barriers(at, 'what the bell has')))
  expect(found).toEqual([])
})

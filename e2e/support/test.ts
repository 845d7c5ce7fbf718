import { makeUser } from '@marquee/core/testing/factories'
import { type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test'
import { openStage, type Stage } from './stage.ts'
import { type Watch, watchContext, wrongsOf } from './watch.ts'

export { expect }

/** A person at a browser of their own. */
export type Guest = { page: Page; context: BrowserContext; watch: Watch }
export type Account = Awaited<ReturnType<typeof makeUser>> & { password: string }

type GuestOptions = BrowserContextOptions & {
  /** Signed in from the start, as after a reload: by the cookie. */
  as?: Account
}

type Fixtures = {
  /** Opens another browser. After the test every one of them must have behaved: see watch.ts. */
  guest(options?: GuestOptions): Promise<Guest>
  account(given?: { name?: string; email?: string }): Promise<Account>
}

export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }
const PASSWORD = 'velvet-curtain-4'

export const test = base.extend<Fixtures, { stage: Stage }>({
  stage: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it
    async ({}, use) => {
      const stage = await openStage()
      await use(stage)
      await stage.close()
    },
    { scope: 'worker' },
  ],

  account: async ({ stage }, use) => {
    await use(async (given = {}) => ({
      ...(await makeUser(stage.ctx, { ...given, password: PASSWORD })),
      password: PASSWORD,
    }))
  },

  guest: async ({ browser, stage }, use) => {
    const guests: Guest[] = []
    await use(async ({ as, ...options } = {}) => {
      const url = options.baseURL ?? stage.url
      const context = await browser.newContext({ ...options, ...(as ? { storageState: signedInHint(url) } : {}) })
      const guest = {
        context,
        watch: watchContext(context, [stage.url, stage.shortUrl]),
        page: await context.newPage(),
      }
      guests.push(guest)
      if (as) {
        const { email, password } = as
        const answer = await context.request.post(`${url}/api/auth/login`, { data: { email, password } })
        if (!answer.ok()) throw new Error(`could not sign in: ${await answer.text()}`)
      }
      return guest
    })
    const wrongs = await wrongsOf(guests)
    await Promise.all(guests.map(({ context }) => context.close()))
    expect(wrongs, 'no error, no stranger, no leaked token in any browser of this test').toEqual([])
  },
})

/** The web app asks for its session only where somebody signed in before. */
const signedInHint = (origin: string): BrowserContextOptions['storageState'] => ({
  cookies: [],
  origins: [{ origin, localStorage: [{ name: 'mq.signed-in', value: '1' }] }],
})

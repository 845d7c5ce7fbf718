import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { returnMessage, sign } from '@marquee/providers/payments/signatures'
import { pay } from '@marquee/providers/payments/simulator/moves'
import type { BrowserContext, Page } from '@playwright/test'
import { freePort } from '../scripts/services/ports.ts'
import { stopChild } from '../scripts/services/processes.ts'
import { API_MAIN, ROOT } from '../scripts/stack/paths.ts'
import { bookingsOf, expectTicket, holdFor } from './support/checkout.ts'
import type { Stage } from './support/stage.ts'
import { type Account, test as base, expect } from './support/test.ts'

// Razorpay's window over our checkout. The house is told that its gateway is Razorpay, so it sends the headers and takes
// the ways of that; the bank behind it is the simulator, and the script of the window is ours, served where the browser
// asks Razorpay for it.

const SCRIPT = 'https://checkout.razorpay.com/v1/checkout.js'

/** As the real one: a class, a window over the page, a signed receipt for the handler, or an event and a dismissal. */
const FAKE_CHECKOUT = `
window.Razorpay = class {
  constructor(options) { this.options = options; this.calls = {}; window.lastOptions = JSON.parse(JSON.stringify(options)) }
  on(event, call) { this.calls[event] = call }
  open() {
    const dialog = document.createElement('dialog')
    const button = (label, press) => {
      const it = document.createElement('button')
      it.textContent = label
      it.addEventListener('click', press)
      dialog.append(it)
    }
    const close = () => dialog.remove()
    button('Razorpay: pay', async () => { const receipt = await window.payAtBank(this.options.order_id); close(); this.options.handler(receipt) })
    button('Razorpay: pay, forge the receipt', async () => {
      const receipt = await window.payAtBank(this.options.order_id); close()
      this.options.handler({ ...receipt, razorpay_signature: 'a'.repeat(64) })
    })
    button('Razorpay: refuse', () => this.calls['payment.failed']({ error: { code: 'BAD_REQUEST_ERROR', description: 'Your card has run out.' } }))
    button('Razorpay: close', () => { close(); this.options.modal.ondismiss() })
    document.body.append(dialog)
    dialog.showModal()
  }
}`

const test = base.extend<
  {
    open(given: { account: Account; script?: 'served' | 'blocked' | 'empty' }): Promise<{ page: Page; asked: string[] }>
  },
  { razorpayUrl: string }
>({
  razorpayUrl: [
    async ({ stage }, use) => {
      const port = String(await freePort())
      const url = `http://127.0.0.1:${port}`
      const { env } = JSON.parse(readFileSync(process.env.E2E_STAGE ?? '', 'utf8')) as { env: Record<string, string> }
      const child: ChildProcess = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', API_MAIN], {
        cwd: ROOT,
        env: {
          ...env,
          PORT: port,
          PUBLIC_BASE_URL: url,
          PAYMENT_GATEWAY: 'razorpay',
          PAYMENT_KEY_ID: stage.ctx.config.payments.keyId,
          PAYMENT_BASE_URL: `${stage.url}/dev/gateway`,
        },
        stdio: 'inherit',
      })
      await expect
        .poll(
          () =>
            fetch(`${url}/api/health`).then(
              ({ ok }) => ok,
              () => false,
            ),
          { timeout: 30_000 },
        )
        .toBe(true)
      await use(url)
      await stopChild(child, 'SIGTERM', 12_000)
    },
    { scope: 'worker' },
  ],

  open: async ({ browser, stage, razorpayUrl }, use) => {
    const contexts: BrowserContext[] = []
    await use(async ({ account, script = 'served' }) => {
      const origins = [{ origin: razorpayUrl, localStorage: [{ name: 'mq.signed-in', value: '1' }] }]
      const context = await browser.newContext({ baseURL: razorpayUrl, storageState: { cookies: [], origins } })
      contexts.push(context)
      const { email, password } = account
      expect((await context.request.post('/api/auth/login', { data: { email, password } })).ok()).toBe(true)
      const asked: string[] = []
      await context.route(/razorpay\.com/, (route) => {
        asked.push(route.request().url())
        if (script === 'blocked') return route.abort('blockedbyclient')
        const body = script === 'served' ? FAKE_CHECKOUT : ''
        return route.fulfill({ contentType: 'text/javascript', body })
      })
      const page = await context.newPage()
      await page.exposeFunction('payAtBank', (orderId: string) => payAtBank(stage, orderId))
      return { page, asked }
    })
    await Promise.all(contexts.map((context) => context.close()))
  },
})

function payAtBank(stage: Stage, orderId: string) {
  const order = stage.ledger.order(orderId)
  if (!order) throw new Error('the bank knows no such order')
  const { id } = pay(stage.ledger, order, 'card')
  // Its webhooks would go to the other house, which knows no orders of this one.
  stage.ledger.run('UPDATE webhooks SET next_at = NULL WHERE body LIKE ?', `%${orderId}%`)
  const signature = sign(stage.ctx.config.payments.keySecret, returnMessage(orderId, id))
  return { razorpay_order_id: orderId, razorpay_payment_id: id, razorpay_signature: signature }
}

const payButton = (page: Page) => page.getByRole('button', { name: /^Pay ₹/ })
async function toWindow(page: Page, stage: Stage) {
  const { showtimeId } = await holdFor(page, stage)
  await page.goto(`/checkout/${showtimeId}`)
  await payButton(page).click()
  return showtimeId
}
const inWindow = (page: Page, what: string) =>
  page.getByRole('button', { name: `Razorpay: ${what}`, exact: true }).click()

test('paid in the window: the ticket, and the script was asked for by nobody before', async ({
  open,
  stage,
  account,
}) => {
  const guest = await account()
  const { page, asked } = await open({ account: guest })
  const wrongs: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') wrongs.push(message.text())
  })
  const { showtimeId } = await holdFor(page, stage)
  await page.goto('/')
  await page.goto(`/checkout/${showtimeId}`)
  await expect(payButton(page)).toBeVisible()
  expect(asked).toEqual([])
  await payButton(page).click()
  await inWindow(page, 'pay')
  const bookingId = await expectTicket(page)
  expect(asked).toEqual([SCRIPT])
  const options = (await page.evaluate('window.lastOptions')) as Record<string, unknown>
  const payment = await stage.ctx.db.payment.findFirstOrThrow({ where: { bookingId } })
  expect(options).toMatchObject({
    key: stage.ctx.config.payments.keyId,
    order_id: payment.gatewayOrderId,
    amount: payment.amountMinor,
    currency: 'INR',
    prefill: { email: guest.email },
  })
  expect(wrongs).toEqual([])
})

test('closed without paying: the booking waits for the payment, which can be made from there', async ({
  open,
  stage,
  account,
}) => {
  const { page } = await open({ account: await account() })
  const showtimeId = await toWindow(page, stage)
  await inWindow(page, 'close')
  await expect(page.getByRole('heading', { name: 'Your seats are waiting for the payment.' })).toBeVisible()
  await page.getByRole('button', { name: 'Continue to payment' }).click()
  await inWindow(page, 'pay')
  await expectTicket(page)
  expect(await bookingsOf(stage, showtimeId)).toHaveLength(1)
})

test('refused, then left: what the bank said, that nothing was taken, and another try', async ({
  open,
  stage,
  account,
}) => {
  const { page } = await open({ account: await account() })
  await toWindow(page, stage)
  await inWindow(page, 'refuse')
  await inWindow(page, 'close')
  await expect(page.getByText('The payment was refused, and nothing was taken.')).toBeVisible()
  await expect(page.getByText('The bank said: Your card has run out.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Continue to payment' })).toBeVisible()
})

for (const script of ['blocked', 'empty'] as const) {
  test(`the script is ${script}: said in plain words, and the seats are still held`, async ({
    open,
    stage,
    account,
  }) => {
    const { page } = await open({ account: await account(), script })
    await toWindow(page, stage)
    const alert = page.getByRole('alert').filter({ hasText: 'could not be loaded' })
    await expect(alert).toBeVisible()
    await expect(alert).toContainText('Nothing was charged.')
    await expect(payButton(page)).toBeEnabled()
    // Where the blocker is switched off, the next press works, without a reload.
    await page.context().unroute(/razorpay\.com/)
    await page
      .context()
      .route(/razorpay\.com/, (route) => route.fulfill({ contentType: 'text/javascript', body: FAKE_CHECKOUT }))
    await payButton(page).click()
    await inWindow(page, 'pay')
    await expectTicket(page)
  })
}

test('a forged receipt books nothing, and its guest is told that money comes back by itself', async ({
  open,
  stage,
  account,
}) => {
  const { page } = await open({ account: await account() })
  await toWindow(page, stage)
  await inWindow(page, 'pay, forge the receipt')
  await expect(page.getByText('This payment could not be matched')).toBeVisible()
  await expect(page.getByText('it comes back by itself')).toBeVisible()
})

test('the page allows the window its own origins and no others', async ({ razorpayUrl, stage }) => {
  const policyOf = async (url: string) => {
    const policy = (await fetch(url)).headers.get('content-security-policy') ?? ''
    return Object.fromEntries(policy.split(';').map((part) => [part.trim().split(' ')[0], part.trim()]))
  }
  const policy = await policyOf(razorpayUrl)
  expect(policy['script-src']).toBe("script-src 'self' https://checkout.razorpay.com https://cdn.razorpay.com/static/")
  expect(policy['frame-src']).toContain('https://api.razorpay.com')
  expect(JSON.stringify(policy)).not.toMatch(/\*\.|unsafe-eval|script-src[^"]*unsafe-inline/)
  expect(JSON.stringify(await policyOf(stage.url))).not.toContain('razorpay')
})

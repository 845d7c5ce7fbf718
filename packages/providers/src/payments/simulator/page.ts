import { returnMessage, sign } from '../signatures.ts'
import type { Ledger, OrderRow, PaymentRow } from './ledger.ts'
import {
  answerPhone,
  askPhone,
  decline,
  declineThenPay,
  type Method,
  methodsOn,
  pay,
  payLater,
  setAside,
} from './moves.ts'
import { escapeHtml, renderPage, STYLESHEET } from './page-html.ts'
import type { SimulatorOptions, SimulatorRequest, SimulatorResponse } from './simulator.ts'
import { readSwitches } from './switches.ts'

type PageOptions = Pick<SimulatorOptions, 'keySecret' | 'allowedReturnOrigins' | 'basePath'>

const LOOK_AGAIN_SECONDS = 2
const PAY_BY: Record<Method, string> = {
  upi: 'Pay by UPI',
  card: 'Pay by card',
  netbanking: 'Pay by net banking',
  wallet: 'Pay by wallet',
}

/** The guest's side: a page and the form it posts. Works without scripts. */
export function handlePage(ledger: Ledger, options: PageOptions, request: SimulatorRequest): SimulatorResponse {
  if (request.method === 'GET' && request.path === '/style.css') {
    return {
      status: 200,
      headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=3600' },
      body: STYLESHEET,
    }
  }
  const orderId = /^\/pay\/([A-Za-z0-9_]{1,40})$/.exec(request.path)?.[1]
  const order = orderId ? ledger.order(orderId) : undefined
  if (!order) return html(options, 404, 'Unknown order', '<p>This payment link is not known here.</p>')
  const form = new URLSearchParams(request.method === 'POST' ? request.body : '')
  const returnUrl = allowedReturn(
    form.get('return_url') ?? request.query.get('return_url'),
    options.allowedReturnOrigins,
  )
  if (!returnUrl)
    return html(
      options,
      400,
      'Cannot go back from here',
      '<p>The address to return to is not one of the shop’s own.</p>',
    )

  const paid = ledger.paymentsOf(order.id).find((payment) => payment.status === 'captured')
  const phone = form.get('phone') ?? request.query.get('phone')
  if (phone !== null) return waitForPhone(ledger, options, order, phone, form.get('action'), returnUrl)
  if (request.method === 'GET')
    return request.query.has('late')
      ? wait(ledger, options, order, paid, returnUrl)
      : paid
        ? alreadyPaid(options, order, paid, returnUrl)
        : choose(options, ledger, order, returnUrl)
  if (request.method !== 'POST') return html(options, 405, 'Not here', '<p>Use the buttons of the payment page.</p>')
  if (paid) return alreadyPaid(options, order, paid, returnUrl)
  return act(ledger, options, order, form.get('action') ?? '', returnUrl)
}

function act(ledger: Ledger, options: PageOptions, order: OrderRow, action: string, returnUrl: URL): SimulatorResponse {
  const method = methodsOn(ledger).find((on) => on === action)
  if (method) return back(options, pay(ledger, order, method), returnUrl)
  switch (action) {
    case 'twice': {
      const first = pay(ledger, order, 'upi')
      pay(ledger, order, 'upi')
      return back(options, first, returnUrl)
    }
    case 'fail':
      decline(ledger, order, 'card')
      return choose(
        options,
        ledger,
        order,
        returnUrl,
        'The bank declined this payment. Nothing was taken. Choose another way, or go back.',
      )
    case 'close':
      pay(ledger, order, 'upi')
      return html(
        options,
        200,
        'Paid',
        '<p>The money was taken. Close this tab now: the shop hears of it from the gateway, not from your browser.</p>',
      )
    case 'aside':
      return back(options, setAside(ledger, order, 'card'), returnUrl)
    case 'qr': {
      const query = new URLSearchParams({ phone: askPhone(ledger, order).id, return_url: returnUrl.href })
      return seeOther(`${options.basePath}/pay/${order.id}?${query.toString()}`)
    }
    case 'recover':
    case 'late': {
      const { lateCaptureMs } = readSwitches(ledger)
      if (action === 'late') payLater(ledger, order, 'upi', lateCaptureMs)
      else declineThenPay(ledger, order, 'card', lateCaptureMs)
      // To a page of its own: the browser's Back and reload then never ask for the form again.
      const query = new URLSearchParams({ late: '1', return_url: returnUrl.href })
      return seeOther(`${options.basePath}/pay/${order.id}?${query.toString()}`)
    }
    default:
      return choose(options, ledger, order, returnUrl, 'Choose one of the ways below.')
  }
}

/** A tampered link must not make us a redirector: only the shop's own pages, and only over http or https. */
function allowedReturn(given: string | null, origins: string[]): URL | null {
  if (!given || !URL.canParse(given)) return null
  const url = new URL(given)
  return /^https?:$/.test(url.protocol) && origins.includes(url.origin) ? url : null
}

/** What the real gateway hands the browser after a payment. */
function signedReturn(options: PageOptions, payment: PaymentRow, returnUrl: URL): string {
  const url = new URL(returnUrl)
  url.searchParams.set('razorpay_payment_id', payment.id)
  url.searchParams.set('razorpay_order_id', payment.order_id)
  url.searchParams.set('razorpay_signature', sign(options.keySecret, returnMessage(payment.order_id, payment.id)))
  return url.href
}

const seeOther = (location: string): SimulatorResponse => ({
  status: 303,
  headers: { location, 'cache-control': 'no-store' },
  body: '',
})
const back = (options: PageOptions, payment: PaymentRow, returnUrl: URL) =>
  seeOther(signedReturn(options, payment, returnUrl))

/** Looks again until the bank has said yes, and then brings the guest back to the shop. */
function wait(
  ledger: Ledger,
  options: PageOptions,
  order: OrderRow,
  paid: PaymentRow | undefined,
  returnUrl: URL,
): SimulatorResponse {
  if (paid) return back(options, paid, returnUrl)
  const due = ledger.paymentsOf(order.id).find((payment) => payment.capture_at !== null)?.capture_at
  if (due === null || due === undefined) return choose(options, ledger, order, returnUrl)
  const seconds = Math.max(1, Math.round((due - Date.now()) / 1000))
  return html(
    options,
    200,
    'The bank is thinking',
    `<p>The bank will say yes in about ${seconds} ${seconds === 1 ? 'second' : 'seconds'}, and this page then takes you back to the shop. You may also go back now.</p>
     <p><a class="link" href="${escapeHtml(returnUrl.href)}">Back to the shop</a></p>`,
    LOOK_AGAIN_SECONDS,
  )
}

/** A code to scan with a phone that nobody has: its two answers are buttons. Closing the page leaves the payment open. */
function waitForPhone(
  ledger: Ledger,
  options: PageOptions,
  order: OrderRow,
  paymentId: string,
  action: string | null,
  returnUrl: URL,
): SimulatorResponse {
  if (action === 'approve' || action === 'refuse') answerPhone(ledger, order, paymentId, action === 'approve')
  const payment = ledger.payment(paymentId)
  if (payment?.order_id !== order.id)
    return html(options, 404, 'Unknown payment', '<p>This payment is not known here.</p>')
  if (payment.status === 'captured') return back(options, payment, returnUrl)
  if (payment.status !== 'created')
    return choose(options, ledger, order, returnUrl, 'The payment was refused on the phone. Nothing was taken.')
  return html(
    options,
    200,
    'Waiting for your phone',
    `<p>A UPI code would be shown here. Whoever scans it sees the amount on the phone and approves or refuses there; this page looks every ${LOOK_AGAIN_SECONDS} seconds what the phone said.</p>
    <form method="post" action="${escapeHtml(`${options.basePath}/pay/${order.id}`)}">
      <input type="hidden" name="return_url" value="${escapeHtml(returnUrl.href)}">
      <input type="hidden" name="phone" value="${escapeHtml(payment.id)}">
      <button class="main" name="action" value="approve"><strong>Approve on the phone</strong><span>the money is taken</span></button>
      <button class="other" name="action" value="refuse"><strong>Refuse on the phone</strong><span>nothing is taken</span></button>
    </form>
    <p><a class="link" href="${escapeHtml(returnUrl.href)}">Back to the shop without an answer</a></p>`,
    LOOK_AGAIN_SECONDS,
  )
}

const alreadyPaid = (options: PageOptions, order: OrderRow, payment: PaymentRow, returnUrl: URL) =>
  html(
    options,
    200,
    'Already paid',
    `<p>Order ${escapeHtml(order.id)} is paid. Nothing more will be taken.</p>
     <p><a class="link" href="${escapeHtml(signedReturn(options, payment, returnUrl))}">Back to the shop</a></p>`,
  )

function choose(
  options: PageOptions,
  ledger: Ledger,
  order: OrderRow,
  returnUrl: URL,
  notice?: string,
): SimulatorResponse {
  const amount = new Intl.NumberFormat('en-IN', { style: 'currency', currency: order.currency }).format(
    order.amount / 100,
  )
  const late = Math.round(readSwitches(ledger).lateCaptureMs / 1000)
  const button = (action: string, label: string, hint: string, kind = 'other') =>
    `<button class="${kind}" name="action" value="${action}"><strong>${label}</strong><span>${hint}</span></button>`
  return html(
    options,
    200,
    `Pay ${amount}`,
    `${notice ? `<p class="notice" role="alert">${escapeHtml(notice)}</p>` : ''}
    <dl><div><dt>To</dt><dd>Marquee</dd></div><div><dt>Amount</dt><dd class="amount">${escapeHtml(amount)}</dd></div>
    <div><dt>Order</dt><dd>${escapeHtml(order.id)}</dd></div></dl>
    <form method="post" action="${escapeHtml(`${options.basePath}/pay/${order.id}`)}">
      <input type="hidden" name="return_url" value="${escapeHtml(returnUrl.href)}">
      ${methodsOn(ledger)
        .map((method) => button(method, PAY_BY[method], 'succeeds at once', 'main'))
        .join('\n      ')}
      <h2>Or see what happens when …</h2>
      ${button('fail', 'Fail this payment', 'the bank says no')}
      ${button('close', 'Pay but close the tab', 'the money is taken, your browser never returns')}
      ${button('qr', 'Scan a UPI code', 'waits for the phone')}
      ${button('late', 'Pay late', `the bank says yes after ${late} seconds`)}
      ${button('recover', 'Fail, then succeed', `the bank says no, and yes after ${late} seconds`)}
      ${button('aside', 'Set aside only', 'authorised, and taken when the shop asks for it')}
      ${button('twice', 'Pay twice', 'the money is taken two times')}
    </form>
    <p><a class="link" href="${escapeHtml(returnUrl.href)}">Go back without paying</a></p>`,
  )
}

const html = (
  options: PageOptions,
  status: number,
  title: string,
  content: string,
  refresh?: number,
): SimulatorResponse => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    // A form's redirect counts as its target: without the shop's origins the way back would be blocked.
    'content-security-policy': `default-src 'none'; style-src 'self'; form-action 'self' ${options.allowedReturnOrigins.join(' ')}; base-uri 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
  },
  body: renderPage({ title, content, stylesheet: `${options.basePath}/style.css`, ...(refresh ? { refresh } : {}) }),
})

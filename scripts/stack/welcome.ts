import { DEMO_ACCOUNTS } from '@marquee/core/demo/accounts'
import { DEMO_PROMOS, DEMO_VOUCHER } from '@marquee/core/demo/offers'

/** The last thing a start prints: one address, who to sign in as, and how to stop. */
export function sayWelcome(address: string, env: NodeJS.ProcessEnv, more: string[] = []) {
  const isDemo = env.NODE_ENV !== 'production'
  const width = Math.max(...DEMO_ACCOUNTS.map((account) => account.email.length))
  const demo = [
    '  Sign in as',
    ...DEMO_ACCOUNTS.map(({ role, email, password }) => `    ${role.padEnd(12)}${email.padEnd(width + 2)}${password}`),
    '',
    `  Promo codes      ${DEMO_PROMOS.map(({ code }) => code).join(', ')}`,
    `  Gift voucher     ${DEMO_VOUCHER.code}`,
    `  Outbox           ${address}/outbox  (the mails, texts and calls it “sent”)`,
    `  Control room     ${address}/dev/cinema/control  (a cinema to open booking at)`,
  ]
  const lines = ['', `  Marquee is at ${address}`, '', ...(isDemo ? demo : []), `  API docs         ${address}/docs`]
  console.log([...lines, ...more.map((line) => `  ${line}`), '', '  Ctrl-C stops it; the data stays.', ''].join('\n'))
}

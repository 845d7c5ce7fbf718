/** The last thing a start prints: one address, who to sign in as, and how to stop. */
export function sayWelcome(address: string, env: NodeJS.ProcessEnv, more: string[]) {
  const lines = [``, `  Marquee is at  ${address}`, ``]
  if (env.NODE_ENV !== 'production') {
    lines.push('', `  Mail that was “sent”   ${address}/dev/outbox`)
  }
  lines.push(
    `  API documentation      ${address}/docs`,
    ...more.map((line) => `  ${line}`),
    '',
    '  Ctrl-C stops it; the data stays.',
    '',
  )
  console.log(lines.join('\n'))
}

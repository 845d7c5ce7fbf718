import type { BrowserContext, Page } from '@playwright/test'

/** What one browser did that no test clicks on: errors, requests to strangers, frames, the secrets it was given. */
export type Watch = {
  problems: string[]
  /** Problems that a test causes on purpose. */
  tolerated: RegExp[]
  frames: string[]
  secrets: Set<string>
}

export function watchContext(context: BrowserContext, origins: readonly string[]): Watch {
  const watch: Watch = { problems: [], tolerated: [], frames: [], secrets: new Set() }
  context.on('console', (message) => {
    // A policy that was broken is an error of the console as well. Only the test tool runs scripts in a mail's frame, and
    // its sandbox refuses them, as it should.
    if (message.type() === 'error' && message.location().url !== 'about:srcdoc')
      watch.problems.push(`console: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => watch.problems.push(`page: ${error.error().stack ?? error.error().message}`))
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (!['data:', 'blob:', 'about:'].includes(protocol) && !origins.includes(origin))
      watch.problems.push(`a request left the site: ${request.url()}`)
    const { 'x-hold-token': holdToken, authorization } = request.headers()
    if (holdToken) watch.secrets.add(holdToken)
    if (authorization) watch.secrets.add(authorization.replace(/^Bearer /, ''))
  })
  const listen = (page: Page) =>
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => watch.frames.push(String(payload)))
      socket.on('framesent', ({ payload }) => {
        // On the line of notifications a browser says who it is, in its first words; a token anywhere else is a leak.
        const { pathname } = new URL(socket.url())
        if (pathname === '/api/notifications/ws' && String(payload).startsWith('{"type":"hello",')) return
        watch.frames.push(String(payload))
      })
    })
  for (const page of context.pages()) listen(page)
  context.on('page', listen)
  return watch
}

/** Everything wrong with these browsers after a test, in words. Tokens are looked for in each other's frames too. */
export async function wrongsOf(browsers: readonly { context: BrowserContext; watch: Watch }[]): Promise<string[]> {
  const secrets = [...new Set(browsers.flatMap(({ watch }) => [...watch.secrets]))]
  const wrongs: string[] = []
  for (const { context, watch } of browsers) {
    wrongs.push(...watch.problems.filter((problem) => !watch.tolerated.some((expected) => expected.test(problem))))
    for (const secret of secrets)
      if (watch.frames.some((frame) => frame.includes(secret))) wrongs.push('a frame carries a token')
    for (const kept of await localStorages(context)) {
      if (secrets.some((secret) => kept.includes(secret)) || /eyJ[\w-]+\.|[\w-]{40,}/.test(kept))
        wrongs.push(`localStorage holds a token: ${kept}`)
    }
  }
  return wrongs
}

async function localStorages(context: BrowserContext): Promise<string[]> {
  const kept = await context.storageState().catch(() => ({ origins: [] }))
  return kept.origins.flatMap(({ localStorage }) => localStorage.map(({ name, value }) => `${name}=${value}`))
}

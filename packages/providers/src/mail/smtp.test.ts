import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import { MailError } from './mail-sender.ts'
import { createSmtpMail } from './smtp.ts'

// A real mail server on a free port; each test says how it behaves.

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function start(options: Partial<SMTPServerOptions> = {}, login = '') {
  const received: Buffer[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: async (stream, _session, done) => {
      received.push(Buffer.concat(await Array.fromAsync(stream as AsyncIterable<Buffer>)))
      done()
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `smtp://${login}127.0.0.1:${(server.server.address() as AddressInfo).port}`
  const mail = createSmtpMail({ url, from: 'Marquee <tickets@marquee.example>' })
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()))
  open.push(stop, () => mail.close())
  return { mail, received, stop }
}

const message = {
  to: 'asha@example.com',
  subject: 'Your ticket: ఆఖరి పాట, ₹749.56',
  text: 'You’re going',
  html: '<p>You’re going</p>',
  attachments: [
    { filename: 'marquee-ticket-ACDEFGHJ.pdf', contentType: 'application/pdf', content: Buffer.from('%PDF-1.3 …') },
  ],
  idempotencyKey: '0197c1f0-0000-7000-8000-000000000001',
}
const refusal = async (sending: Promise<unknown>) => {
  const error = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(MailError)
  return error as MailError
}
const refuseWith = (responseCode: number) => Object.assign(new Error('refused'), { responseCode })

test('a mail arrives whole: words in any script, both bodies, the file', async () => {
  const { mail, received } = await start()
  const { providerMessageId } = await mail.send(message)
  const parsed = await PostalMime.parse(received[0] ?? '')
  expect(parsed).toMatchObject({
    subject: message.subject,
    from: { name: 'Marquee', address: 'tickets@marquee.example' },
    to: [{ address: 'asha@example.com' }],
    messageId: providerMessageId,
  })
  expect(parsed.text?.trim()).toBe(message.text)
  expect(parsed.html?.trim()).toBe(message.html)
  const [file] = parsed.attachments
  expect(file).toMatchObject({ filename: 'marquee-ticket-ACDEFGHJ.pdf', mimeType: 'application/pdf' })
  expect(Buffer.from(file?.content as ArrayBuffer)).toEqual(message.attachments[0]?.content)
})

test('a repeat carries the same message id', async () => {
  const { mail } = await start()
  const first = await mail.send(message)
  expect(await mail.send(message)).toEqual(first)
  expect(await mail.send({ ...message, idempotencyKey: 'another' })).not.toEqual(first)
})

test.each([
  [550, false],
  [553, false],
  [450, true],
  [421, true],
])('an address refused with %i is worth another try: %s', async (code, retry) => {
  const { mail } = await start({ onRcptTo: (_address, _session, done) => done(refuseWith(code)) })
  expect((await refusal(mail.send(message))).retry).toBe(retry)
})

test.each([
  [554, false],
  [452, true],
])('a message refused with %i is worth another try: %s', async (code, retry) => {
  const { mail } = await start({
    onData(stream, _session, done) {
      stream.resume()
      stream.on('end', () => done(refuseWith(code)))
    },
  })
  expect((await refusal(mail.send(message))).retry).toBe(retry)
})

const ours: [string, Partial<SMTPServerOptions>][] = [
  ['the greeting', { onConnect: (_session, done) => done(refuseWith(554)) }],
  ['the sender', { onMailFrom: (_address, _session, done) => done(refuseWith(550)) }],
  ['a guest without a login', { onRcptTo: (_address, _session, done) => done(refuseWith(530)) }],
]
test.each(ours)('%s refused for good is ours to mend: the mail waits', async (_what, options) => {
  const { mail } = await start(options)
  expect(await refusal(mail.send(message))).toMatchObject({ retry: true, ours: true })
})

test('a refused login is ours to mend: the mail waits', async () => {
  const { mail } = await start(
    {
      authOptional: false,
      authMethods: ['PLAIN'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(refuseWith(535)),
    },
    'shop:wrong@',
  )
  expect(await refusal(mail.send(message))).toMatchObject({ retry: true, ours: true })
})

test('an address that is none is final, and the guest’s', async () => {
  const { mail } = await start()
  expect(await refusal(mail.send({ ...message, to: '' }))).toMatchObject({ retry: false, ours: false })
})

test('a server that is down is worth another try', async () => {
  const { mail, stop } = await start()
  await stop()
  expect(await refusal(mail.send(message))).toMatchObject({ retry: true, ours: false })
})

test('a line break in an address or a subject adds no header', async () => {
  const { mail, received } = await start()
  await mail.send({ ...message, subject: 'Hello\r\nBcc: everybody@example.com' })
  const parsed = await PostalMime.parse(received[0] ?? '')
  expect(parsed.bcc ?? []).toEqual([])
  expect(parsed.headers.some((header) => header.key === 'bcc')).toBe(false)
})

test('further headers go with it, and add no other', async () => {
  const { mail, received } = await start()
  const headers = {
    'List-Unsubscribe': '<https://m.example/stop?t=1>\r\nBcc: everybody@example.com',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
  await mail.send({ ...message, headers })
  const parsed = await PostalMime.parse(received[0] ?? '')
  const headerOf = (key: string) => parsed.headers.find((header) => header.key === key)?.value
  expect(headerOf('list-unsubscribe')).toContain('<https://m.example/stop?t=1>')
  expect(headerOf('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  expect(headerOf('bcc')).toBeUndefined()
})

import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import webpush from 'web-push'
import { PushError } from './push-sender.ts'
import { createWebPush } from './web-push.ts'

const vapid = webpush.generateVAPIDKeys()
const message = { title: 'Booking is open', body: 'Tom & <Jerry> in Hyderabad', url: '/alerts', tag: 'alert' }

/** A browser: its keys, and how it opens what is sealed for it (RFC 8291, 8188). */
function newBrowser() {
  const keys = createECDH('prime256v1')
  keys.generateKeys()
  const auth = randomBytes(16)
  return {
    p256dh: keys.getPublicKey('base64url'),
    auth: auth.toString('base64url'),
    open(body: Buffer): unknown {
      const salt = body.subarray(0, 16)
      const idLength = body.readUInt8(20)
      const sender = body.subarray(21, 21 + idLength)
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender])
      const secret = Buffer.from(hkdfSync('sha256', keys.computeSecret(sender), auth, info, 32))
      const key = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16))
      const nonce = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12))
      const sealed = body.subarray(21 + idLength)
      const decipher = createDecipheriv('aes-128-gcm', key, nonce)
      decipher.setAuthTag(sealed.subarray(-16))
      const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString()
      return JSON.parse(text.slice(0, text.lastIndexOf('}') + 1))
    },
  }
}

async function pushService(status: number) {
  const got: { headers: IncomingHttpHeaders; body: Buffer }[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(parts) })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const push = createWebPush({ ...vapid, subject: 'mailto:alerts@marquee.example', ownService: origin })
  return {
    got,
    push,
    endpoint: `${origin}/wake/me`,
    async [Symbol.asyncDispose]() {
      await push.close()
      server.close()
    },
  }
}

test('a message is sealed for one browser and signed by us', async () => {
  await using service = await pushService(201)
  const browser = newBrowser()
  expect(await service.push.send({ endpoint: service.endpoint, ...browser }, message)).toBe('sent')
  const { headers, body } = service.got[0] as (typeof service.got)[number]
  expect(body.includes('Jerry')).toBe(false)
  expect(browser.open(body)).toEqual(message)
  expect(() => newBrowser().open(body)).toThrow()

  const [, jwt = '', key] = /^vapid t=([^,]+), k=(.+)$/.exec(headers.authorization ?? '') ?? []
  expect(key).toBe(vapid.publicKey)
  const [head, claims, signature = ''] = jwt.split('.')
  const point = Buffer.from(vapid.publicKey, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'))
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const signed = Buffer.from(`${head}.${claims}`)
  const by = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
  expect(verify('sha256', signed, by, Buffer.from(signature, 'base64url'))).toBe(true)
  expect(headers).toMatchObject({ urgency: 'high', 'content-encoding': 'aes128gcm' })
})

test.each([404, 410])('a browser that answers %i is gone', async (status) => {
  await using service = await pushService(status)
  expect(await service.push.send({ endpoint: service.endpoint, ...newBrowser() }, message)).toBe('gone')
})

test.each([
  [400, false],
  [403, false],
  [429, true],
  [503, true],
])('a service that answers %i: worth another try is %s', async (status, retry) => {
  await using service = await pushService(status)
  const sending = service.push.send({ endpoint: service.endpoint, ...newBrowser() }, message)
  await expect(sending).rejects.toMatchObject({ name: 'PushError', retry })
})

test('nobody there, and keys that are none', async () => {
  const service = await pushService(201)
  const target = { endpoint: service.endpoint, ...newBrowser() }
  await expect(service.push.send({ ...target, p256dh: 'AAAA' }, message)).rejects.toBeInstanceOf(PushError)
  expect(service.got).toEqual([])
  await service[Symbol.asyncDispose]()
  await expect(service.push.send(target, message)).rejects.toMatchObject({ retry: true })
})

test.each([
  ['https://fcm.googleapis.com/fcm/send/abc', true],
  ['https://updates.push.services.mozilla.com/wpush/v2/abc', true],
  ['https://web.push.apple.com/abc', true],
  ['https://wns2-par02p.notify.windows.com/w/?token=abc', true],
  ['http://fcm.googleapis.com/fcm/send/abc', false],
  ['https://fcm.googleapis.com:8443/x', false],
  ['https://fcm.googleapis.com.evil.example/x', false],
  ['https://evilpush.apple.com.example/x', false],
  ['https://notpush.services.mozilla.com.example/', false],
  ['https://user:pass@fcm.googleapis.com/x', false],
  ['https://169.254.169.254/latest/meta-data', false],
  ['http://localhost:6379/', false],
  ['file:///etc/passwd', false],
  ['no address', false],
])('%s is called: %s', async (endpoint, called) => {
  const push = createWebPush({ ...vapid, subject: 'mailto:alerts@marquee.example' })
  expect(push.accepts(endpoint)).toBe(called)
  if (!called) expect(await push.send({ endpoint, ...newBrowser() }, message)).toBe('gone')
  await push.close()
})

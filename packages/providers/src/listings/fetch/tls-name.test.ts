import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import tls from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPageFetcher } from './page-fetcher.ts'

// A connection that is pinned to an address must still ask for, and check, the name. Names are told apart by certificate.

const hex = (text: string) => Buffer.from(text, 'hex')
const der = (tag: number, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts)
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}
const sequence = (...parts: Buffer[]) => der(0x30, ...parts)
const ECDSA_SHA256 = sequence(hex('06082a8648ce3d040302'))
const COMMON_NAME = hex('0603550403')
const SUBJECT_ALT_NAME = hex('0603551d11')
const BASIC_CONSTRAINTS = hex('0603551d13')

/** A certificate for one name, signed by itself, good for fifty years. */
function certificateFor(name: string, publicKey: KeyObject, privateKey: KeyObject): string {
  const subject = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(name)))))
  const times = sequence(der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231000000Z')))
  const names = sequence(SUBJECT_ALT_NAME, der(0x04, sequence(der(0x82, Buffer.from(name)))))
  const authority = sequence(BASIC_CONSTRAINTS, hex('0101ff'), der(0x04, sequence(hex('0101ff'))))
  const facts = sequence(
    der(0xa0, hex('020102')),
    hex('020101'),
    ECDSA_SHA256,
    subject,
    times,
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(authority, names)),
  )
  const signature = der(0x03, hex('00'), sign('sha256', facts, { key: privateKey, dsaEncoding: 'der' }))
  const whole = sequence(facts, ECDSA_SHA256, signature).toString('base64')
  return `-----BEGIN CERTIFICATE-----\n${whole.match(/.{1,64}/g)?.join('\n')}\n-----END CERTIFICATE-----\n`
}

let server: Server
let port: number
const servernames: (string | false | null)[] = []
const trusted = tls.getCACertificates()

beforeAll(async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const cert = certificateFor('cinema.example', publicKey, privateKey)
  tls.setDefaultCACertificates([cert])
  server = createServer({ key: privateKey.export({ type: 'pkcs8', format: 'pem' }), cert }, (request, response) => {
    servernames.push((request.socket as tls.TLSSocket).servername)
    response.end(`hello ${request.headers.host}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  tls.setDefaultCACertificates(trusted)
  server.close()
})

async function get(host: string) {
  const pages = createPageFetcher({
    userAgent: 'MarqueeBot/1.0',
    allowedOrigins: [`https://${host}:${port}`],
    resolve: async () => ['127.0.0.1'],
    timeouts: { connectMs: 1_000, totalMs: 2_000 },
  })
  const url = `https://${host}:${port}/`
  const plan = { key: 'page', url, method: 'GET', headers: {}, body: null, expects: 'html' } as const
  const page = await pages.fetchPage(plan, null, { allowedHosts: [host] })
  await pages.close()
  return page
}

test('the name is asked for and its certificate checked', async () => {
  expect(await get('cinema.example')).toMatchObject({ status: 200, body: `hello cinema.example:${port}` })
  expect(servernames).toEqual(['cinema.example'])
})

test('another name at the same address is not believed', async () => {
  expect(await get('www.cinema.example')).toMatchObject({ status: null, failure: 'network' })
  expect(await get('evil.example')).toMatchObject({ status: null, failure: 'network' })
  expect(servernames).toEqual(['cinema.example'])
})

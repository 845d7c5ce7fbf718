import { describe, expect, test } from 'vitest'
import { checkUrl } from './check-url.ts'
import { isPublicAddress } from './public-address.ts'

const words = (text: string) => text.trim().split(/\s+/)

const OPEN = words(`
  1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.216.34 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1
  168.63.129.15 168.63.129.17 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0
  192.0.3.0 192.88.98.255 192.88.100.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 198.51.99.255
  198.51.101.0 203.0.112.255 203.0.114.0 223.255.255.255 2606:4700:4700::1111 2a00:1450:4001:81b::200e
  2001:200::1 2001:4860:4860::8888 2003::1 2400:cb00::1 2620:fe::fe 2c0f:fb50::1 3fef::1
`)

const ENDS_V4 = words(`
  0.0.0.0 0.0.0.1 0.255.255.255 10.0.0.0 10.1.2.3 10.255.255.255 100.64.0.0 100.100.100.200 100.127.255.255
  127.0.0.0 127.0.0.1 127.1.2.3 127.255.255.255 168.63.129.16 169.254.0.0 169.254.169.254 169.254.170.2
  169.254.255.255 172.16.0.0 172.20.10.1 172.31.255.255 192.0.0.0 192.0.0.192 192.0.0.255 192.0.2.1 192.0.2.255
  192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.0 192.168.1.1 192.168.255.255 192.175.48.1 198.18.0.0
  198.19.255.255 198.51.100.1 203.0.113.255 224.0.0.1 239.255.255.255 240.0.0.1 254.1.1.1 255.255.255.255
`)

const CLOSED_V6 = words(`
  :: ::1 ::2 ::ffff:0:0 100::1 100:0:0:1::1 64:ff9b::7f00:1 64:ff9b::10.0.0.1 64:ff9b::8.8.8.8 64:ff9b:1::1
  64:ff9b:1:fffe::10.0.0.1 ::127.0.0.1 ::8.8.8.8 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 0:0:0:0:0:ffff:7f00:1 2001::1
  2001:0:7f00:1:: 2001:1::1 2001:2::1 2001:10::1 2001:20::1 2001:1ff:ffff::1 2001:db8::1 2001:db8:ffff:: 2002::
  2002:7f00:1::1 2002:a00:1::1 2002:a9fe:a9fe::1 2002:808:808::1 2620:4f:8000::1 3ffe::1 3fff::1 3fff:fff::1
  4000::1 5f00::1 8000::1 fc00:: fc00::1 fd00:ec2::254 fd12:3456:789a::1 fdff:ffff::1 fe80:: fe80::1
  fe80::1%eth0 febf::1 fec0::1 feff::1 ff00::1 ff02::1 ff02::fb ff0e::1 2606:4700::1111%eth0
`)

const NONSENSE = ['', ' ', 'localhost', '127.1', '0x7f.0.0.1', '2130706433', '0177.0.0.1', '1.2.3.4.5', '256.1.1.1']

/** Ways in which one IPv4 address can be written in a URL, by browsers and by what people try. */
function spellings(address: string): string[] {
  const [a, b, c, d] = address.split('.').map(Number) as [number, number, number, number]
  const whole = ((a * 256 + b) * 256 + c) * 256 + d
  const hex = (n: number, width = 2) => n.toString(16).padStart(width, '0')
  const pair = (x: number, y: number) => ((x << 8) | y).toString(16)
  return [
    address,
    `${address}.`,
    String(whole),
    `0x${hex(whole, 8)}`,
    `0X${hex(whole, 8).toUpperCase()}`,
    `0${whole.toString(8)}`,
    [a, b, c, d].map((n) => `0x${hex(n)}`).join('.'),
    [a, b, c, d].map((n) => `0${n.toString(8)}`).join('.'),
    [a, b, c, d].map((n) => n.toString(8).padStart(6, '0')).join('.'),
    `${a}.0x${hex(b)}.0${c.toString(8)}.${d}`,
    `${a}.${b * 65_536 + c * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    address.replaceAll('.', '%2e'),
    address.replaceAll('.', '。'),
    [...address].map((x) => (/\d/.test(x) ? String.fromCodePoint(0xff10 + Number(x)) : x)).join(''),
    `[::ffff:${address}]`,
    `[::${address}]`,
    `[64:ff9b::${address}]`,
    `[0:0:0:0:0:ffff:${pair(a, b)}:${pair(c, d)}]`,
    `[2002:${pair(a, b)}:${pair(c, d)}::1]`,
  ]
}

describe('which addresses are open', () => {
  test.each(OPEN)('%s is', (address) => expect(isPublicAddress(address)).toBe(true))
  test.each([...ENDS_V4, ...CLOSED_V6, ...NONSENSE])('"%s" is not', (address) =>
    expect(isPublicAddress(address)).toBe(false),
  )
  test('no closed IPv4 address is open in the clothes of IPv6', () => {
    for (const address of ENDS_V4)
      for (const prefix of ['::', '::ffff:', '::ffff:0:', '64:ff9b::', '64:ff9b:1::', 'fe80::', 'fc00::'])
        expect.soft(isPublicAddress(prefix + address), prefix + address).toBe(false)
  })
})

describe('addresses in a URL', () => {
  const rulesFor = (host: string) => {
    const parsed = URL.parse(`https://${host}/`)
    // As if an admin had written the very thing into the source: it must not help.
    return { allowedHosts: [host, parsed?.host ?? '', parsed?.hostname ?? ''], simulators: new Set<string>() }
  }
  test.each([...ENDS_V4, '8.8.8.8'])('%s, however it is spelt, is refused', (address) => {
    for (const host of spellings(address))
      expect.soft(checkUrl(`https://${host}/x`, rulesFor(host)), host).toMatchObject({ ok: false })
  })
  test.each([
    ...words(`
      localhost LOCALHOST localhost. a.localhost cinema.local metadata.google.internal x.internal db metadata
      printer.lan x.home router.home.arpa 1.0.0.127.in-addr.arpa intra.corp a.onion x.invalid x.intranet
      localhost.localdomain cinema.example. [::1] [fe80::1] . -a.example a..example ｌｏｃａｌｈｏｓｔ 127.0.0.1%00.example
      x.123 0x7f.1
    `),
    'a b.example',
  ])('%s is refused', (host) => expect(checkUrl(`https://${host}/`, rulesFor(host))).toMatchObject({ ok: false }))
})

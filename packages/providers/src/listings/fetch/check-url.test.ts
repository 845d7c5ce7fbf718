import { expect, test } from 'vitest'
import { checkUrl } from './check-url.ts'

const rules = {
  allowedHosts: ['cinema.example', 'www.cinema.example', '127.0.0.1:4100', 'xn--kino-0ra.example'],
  simulators: new Set(['http://127.0.0.1:4100']),
}

test.each([
  ['https://cinema.example/', false],
  ['https://cinema.example:443/a?b=c#d', false],
  ['HTTPS://WWW.Cinema.Example/a', false],
  ['https://kinoß.example/', undefined],
  ['http://127.0.0.1:4100/movies', true],
  ['http://0x7f.1:4100/movies', true],
] as const)('%s', (url, simulator) => {
  const checked = checkUrl(url, rules)
  if (simulator === undefined) expect(checked.ok).toBe(false)
  else expect(checked).toMatchObject({ ok: true, simulator })
})

test.each([
  'http://cinema.example/',
  'ftp://cinema.example/',
  'file:///etc/passwd',
  'file://cinema.example/etc/passwd',
  'data:text/html,<p>hello',
  'javascript:alert(1)',
  'blob:https://cinema.example/1',
  'ws://cinema.example/',
  'gopher://cinema.example:70/',
  '//cinema.example/',
  '/movies',
  '',
  'https://',
  'https:///',
  'https://user@cinema.example/',
  'https://user:pass@cinema.example/',
  'https://:pass@cinema.example/',
  'https://cinema.example@evil.example/',
  'https://cinema.example:8443/',
  'https://cinema.example:22/',
  'https://cinema.example:80/',
  'https://evil.example/',
  'https://cinema.example.evil.example/',
  'https://notcinema.example/',
  'https://sub.cinema.example/',
  'https://cinema.example./',
  'https://cinema%2eexample.evil.example/',
  'https://127.0.0.1:4100/',
  'http://127.0.0.1:4101/',
  'http://127.0.0.1/',
  'http://user@127.0.0.1:4100/',
  'http://[::ffff:127.0.0.1]:4100/',
  `https://cinema.example/${'a'.repeat(2_048)}`,
])('%s is refused', (url) => expect(checkUrl(url, rules).ok).toBe(false))

test('a backslash does not move the host', () => {
  expect(checkUrl('https:\\\\cinema.example\\a', rules)).toMatchObject({ ok: true })
  expect(checkUrl('https://cinema.example\\@evil.example/', rules)).toMatchObject({ url: { host: 'cinema.example' } })
  expect(checkUrl('https:\\\\evil.example\\@cinema.example', rules)).toMatchObject({ ok: false })
})

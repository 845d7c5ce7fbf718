import { expect, test } from 'vitest'
import { decodeText } from './decode-text.ts'

const bytes = (...values: number[]) => Buffer.from(values)
const cafe1252 = bytes(0x63, 0x61, 0x66, 0xe9)

test.each([
  ['no charset is UTF-8', Buffer.from('₹ तेलुगु'), undefined, '₹ तेलुगु'],
  ['the header', cafe1252, 'text/html; charset=windows-1252', 'café'],
  ['in quotes and capitals', cafe1252, 'text/html; Charset="ISO-8859-1"; x=y', 'café'],
  ['Hebrew', bytes(0xf7, 0xe5, 0xec, 0xf0, 0xe5, 0xf2), 'text/html;charset=windows-1255', 'קולנוע'],
  ['Cyrillic', bytes(0xea, 0xe8, 0xed, 0xee), 'text/html;charset=windows-1251', 'кино'],
  ['Turkish', bytes(0xfe, 0xfd, 0xf0), 'text/html;charset=iso-8859-9', 'şığ'],
  ['a mark of UTF-8 is taken off', bytes(0xef, 0xbb, 0xbf, 0x61), 'text/html', 'a'],
  ['a mark wins over the header', bytes(0xff, 0xfe, 0x61, 0x00, 0x3c, 0x04), 'text/html; charset=utf-8', 'aм'],
  ['big end first', bytes(0xfe, 0xff, 0x00, 0x61, 0x04, 0x3c), undefined, 'aм'],
  ['an unknown charset is UTF-8', Buffer.from('é'), 'text/html; charset=klingon', 'é'],
  ['broken bytes stay countable', bytes(0x61, 0xff, 0x62), 'text/html; charset=utf-8', 'a\uFFFDb'],
  ['a cut character', Buffer.from('é').subarray(0, 1), undefined, '\uFFFD'],
  ['nothing', Buffer.alloc(0), undefined, ''],
])('%s', (_name, body, contentType, text) => expect(decodeText(body, contentType)).toBe(text))

test('what the page says of itself, when the header says nothing', () => {
  const page = (meta: string) => Buffer.concat([Buffer.from(`<html><head>${meta}<title>`), cafe1252])
  expect(decodeText(page('<meta charset="windows-1252">'), 'text/html')).toContain('café')
  const old = '<meta http-equiv=Content-Type content="text/html; charset=windows-1252">'
  expect(decodeText(page(old), undefined)).toContain('café')
  expect(decodeText(page('<meta charset=windows-1251>'), 'text/html; charset=windows-1252')).toContain('café')
  expect(decodeText(Buffer.from('<meta charset="utf-16">é'), undefined)).toContain('é')
})

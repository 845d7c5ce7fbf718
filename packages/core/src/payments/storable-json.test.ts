import { expect, test } from 'vitest'
import { storableJson } from './storable-json.ts'

test.each<[string, unknown, unknown]>([
  ['NUL', 'a\u0000b', 'a\ufffdb'],
  ['the first half of a pair', 'a\ud83db', 'a\ufffdb'],
  ['the second half', 'a\ude00b', 'a\ufffdb'],
  ['halves the wrong way round', '\ude00\ud83d', '\ufffd\ufffd'],
  ['a name', { 'a\u0000': 1 }, { 'a\ufffd': 1 }],
])('replaced: %s', (_what, value, kept) => {
  expect(JSON.parse(storableJson(JSON.stringify(value)))).toEqual(kept)
})

test.each([
  '{"a": "b" , "n":1.50}',
  String.raw`"\u0061 \n \" \\ \/ \u0001"`,
  // An escaped backslash and four harmless digits after a u.
  String.raw`"\\u0000"`,
  String.raw`"\\\\ud800"`,
  String.raw`"\ud83d\ude00 😀"`,
])('left alone: %s', (json) => {
  expect(storableJson(json)).toBe(json)
})

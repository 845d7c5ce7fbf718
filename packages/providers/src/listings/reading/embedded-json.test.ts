import { expect, test } from 'vitest'
import { assignedJson, hasId, parseJson, scanJson, scriptJson } from './embedded-json.ts'

const values = (page: string, name = '__STATE__') => assignedJson(page, name).map(({ value }) => value)

test('reads what is given to a name, as scripts write it', () => {
  expect(values('window.__STATE__ = {"a":"</script>};","b":[1,{"c":"}"}]};')).toEqual([
    { a: '</script>};', b: [1, { c: '}' }] },
  ])
  expect(values('var __STATE__=[1,2]\n;')).toEqual([[1, 2]])
  expect(values('window["__STATE__"] = {"a":undefined,"b":NaN,"c":"undefined"}')).toEqual([
    { a: null, b: null, c: 'undefined' },
  ])
  expect(values(`__STATE__ = JSON.parse("{\\"a\\":\\"it's\\"}")`)).toEqual([{ a: "it's" }])
  expect(values(`__STATE__ = JSON.parse('{"a":"it\\'s \\x41"}')`)).toEqual([{ a: "it's A" }])
  expect(values('__STATE__ = {"a":1}; __STATE__ = {"a":2}')).toEqual([{ a: 1 }, { a: 2 }])
  expect(values('if (__STATE__ == {"a":1}) my__STATE__ = {"a":2}; x.__STATE__s = {}')).toEqual([])
})

test('never half of a value', () => {
  const page = 'window.__STATE__ = {"a":"x\\"}","b":[{"c":1},"d"],"e":null} ;</script>'
  for (let cut = 0; cut < page.indexOf(' ;'); cut++) expect(values(page.slice(0, cut))).toEqual([])
  expect(values('window.__STATE__ = {"a":[1,2}')).toEqual([])
  expect(values('window.__STATE__ = {"a":1')).toEqual([])
  expect(scanJson('tru', 0)).toBeNull()
  expect(parseJson('{"a":')).toBeUndefined()
  expect(parseJson('\uFEFF{"a":1}')).toEqual({ a: 1 })
})

test('reads scripts by their opening tag, only when nothing is behind the value', () => {
  const read = (page: string) =>
    scriptJson(page, (tag) => hasId(tag, '__NEXT_DATA__')).map((found) => found?.value ?? null)
  expect(read('<script id="__NEXT_DATA__" type="application/json">{"a":"<\\/script>"}</script>')).toEqual([
    { a: '</script>' },
  ])
  expect(read('<script type=x id=\'__NEXT_DATA__\'> {"a":1} ;\n</script>')).toEqual([{ a: 1 }])
  expect(read('<script id=__NEXT_DATA__>{"a":1}</script>')).toEqual([{ a: 1 }])
  expect(read('<script id="__NEXT_DATA__2">{"a":1}</script><script data-id="__NEXT_DATA__">{}</script>')).toEqual([])
  expect(read('<script id="__NEXT_DATA__">{"a":1}+{"b":2}</script>')).toEqual([null])
  expect(read('<script id="__NEXT_DATA__">{"a":1}')).toEqual([null])
})

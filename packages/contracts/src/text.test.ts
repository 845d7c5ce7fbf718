import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { Password, RegisterBody } from './auth.ts'
import { Lines, LocalDate, PersonName, ReleaseDate, Text } from './common.ts'
import { Email } from './emails.ts'
import { MovieSearchQuery, MovieWrite } from './movies.ts'
import { OutboxQuery } from './outbox.ts'
import { MovieShowtimesQuery } from './showtimes.ts'
import { VerifyTicketQuery } from './tickets.ts'

const takes = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success

test.each([
  ['nothing (NUL)', 'a\u0000b'],
  ['a bell', 'a\u0007b'],
  ['an escape', 'a\u001bb'],
  ['delete', 'a\u007fb'],
  ['half a character', 'a\ud800b'],
])('no text has %s in it', (_what, text) => {
  expect(takes(Text(10), text)).toBe(false)
  expect(takes(Lines(10), text)).toBe(false)
  expect(takes(MovieSearchQuery, { q: text })).toBe(false)
  expect(takes(MovieShowtimesQuery, { city: text })).toBe(false)
  expect(takes(VerifyTicketQuery, { token: text })).toBe(false)
  expect(takes(OutboxQuery, { recipient: text })).toBe(false)
  expect(takes(Email, `${text}@example.com`)).toBe(false)
  expect(takes(Password, `${text} samosas please`)).toBe(false)
  expect(takes(RegisterBody.shape.name, text)).toBe(false)
  expect(takes(MovieWrite.shape.trailerUrl, `https://example.com/${text}`)).toBe(false)
})

test('every script, symbol and joined character is text', () => {
  for (const text of ['Åsa Ö’Neill', 'दृश्यम', '👩‍👩‍👧‍👦', 'a  b']) expect(Text(20).parse(` ${text} `)).toBe(text)
})

test.each([
  ['a mark that turns the line', 'Asha\u202eoaR', 'AshaoaR'],
  ['isolates', '\u2066Asha\u2069', 'Asha'],
  ['a space of no width', 'As\u200bha', 'Asha'],
  ['marks of direction', '\u200fAsha\u200e', 'Asha'],
  ['the mark of a file', '\ufeffAsha', 'Asha'],
  ['a soft hyphen', 'Ash\u00ada', 'Asha'],
  ['tags', 'Asha\u{e0041}\u{e007f}', 'Asha'],
  ['a joiner between Latin letters', 'A\u200ds\u200cha', 'Asha'],
  ['a joiner before anything', '\u200dAsha', 'Asha'],
])('a name has no %s', (_what, typed, name) => expect(PersonName(20, 'x').parse(typed)).toBe(name))

test.each([
  ['Marathi', 'दर्‍या'],
  ['Hindi', 'क्‌षमा'],
  ['Malayalam', 'അവന്‍'],
  ['Bengali', 'র‍্যাব'],
  ['Kannada', 'ರ‍್ಯಾಂಕ್'],
  ['Telugu', 'రాజ్‌కుమార్'],
  ['Sinhala', 'ශ්‍රී'],
  ['Persian', 'می‌خواهم'],
  ['accents', 'Åsa Ö’Neill-José'],
])('%s is spelt as it was typed', (_script, name) => expect(PersonName(30, 'x').parse(` ${name} `)).toBe(name))

test('a name that is nothing to see is none', () => {
  expect(PersonName(20, 'tell us your name').safeParse('\u200b\u202e \u3164').error?.issues[0]?.message).toBe(
    'tell us your name',
  )
})

test('only what is written in lines has lines, in one way', () => {
  expect(Lines(20).parse('one\r\n\ttwo\nthree')).toBe('one\n\ttwo\nthree')
  expect(takes(Text(20), 'one\ntwo')).toBe(false)
})

test.each([
  ['1999-12-31', false],
  ['2000-01-01', true],
  ['2100-12-31', true],
  ['2101-01-01', false],
  ['0000-01-01', false],
  ['9999-12-31', false],
  ['2026-02-30', false],
])('%s as a day to ask for: %s', (day, fine) => {
  expect(takes(LocalDate, day)).toBe(fine)
})

test('a film may be as old as film', () => {
  expect(takes(ReleaseDate, '1975-08-15')).toBe(true)
  expect(takes(ReleaseDate, '1887-12-31')).toBe(false)
  expect(takes(ReleaseDate, '9999-01-01')).toBe(false)
})

// Whatever is added to what a request may carry, it cannot be a string of any length and any characters.
const modules = await Promise.all(
  readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => import(/* @vite-ignore */ `./${file}`) as Promise<Record<string, unknown>>),
)
const requests = modules
  .flatMap(Object.entries)
  .filter(
    ([name, value]) => /(Body|Query|Write|Patch)$/.test(name) && name !== 'ErrorBody' && value instanceof z.ZodType,
  )

test('there are requests to look at', () => expect(requests.length).toBeGreaterThan(12))
test.each(requests as [string, z.ZodType][])('every string of %s is bounded', (_name, schema) => {
  const loose: string[] = []
  walk(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), '')
  expect(loose).toEqual([])
  function walk(node: unknown, path: string) {
    if (!(node instanceof Object)) return
    const { type, pattern, format, allOf, maxLength, enum: oneOf, const: only } = node as Record<string, unknown>
    const bounded = maxLength !== undefined || format === 'uuid' || format === 'date'
    // A pattern that ends is a bound on its own where it says how often.
    const fixed = typeof pattern === 'string' && /\{\d/.test(pattern)
    const known = pattern !== undefined || allOf !== undefined || format !== undefined
    if (type === 'string' && oneOf === undefined && only === undefined && !((bounded || fixed) && known))
      loose.push(path)
    for (const [key, child] of Object.entries(node)) walk(child, `${path}/${key}`)
  }
})

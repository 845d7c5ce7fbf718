import { expect, test } from 'vitest'
import { foldLanguage, foldTitle, languagesClash, movieFilmKey, readFilmKey, titleFilmKey } from './film-keys.ts'

test.each([
  ['Leo', 'leo'],
  ['  LEO  ', 'leo'],
  ['Leo (Telugu)', 'leo'],
  ['Leo (IMAX 2D)', 'leo'],
  ['Leo [U/A]', 'leo'],
  ['Amélie', 'amelie'],
  ['Tom & Jerry', 'tom and jerry'],
  ["Ocean's Eleven", 'oceans eleven'],
  ['Spider-Man: No Way Home', 'spider man no way home'],
  ['లియో', 'లియో'],
  ['(500) Days of Summer', '500 days of summer'],
])('%s folds to %s', (title, folded) => expect(foldTitle(title)).toBe(folded))

test('what is another film stays another film', () => {
  const leo = foldTitle('Leo')
  for (const other of ['Leo 2', 'Leo Part 2', 'Leo: Bloody Sweet', 'Leo (Part 2)', 'Leonardo', 'Leo (2023)'])
    expect(foldTitle(other)).not.toBe(leo)
})

test('a vowel sign is part of its word', () => expect(foldTitle('कल')).not.toBe(foldTitle('कला')))

test('languages are one by code or name, and clash only when both are known', () => {
  expect(foldLanguage('TE')).toBe('telugu')
  expect(languagesClash('te', 'Telugu')).toBe(false)
  expect(languagesClash(null, 'Telugu')).toBe(false)
  expect(languagesClash('Tamil', 'Telugu')).toBe(true)
})

test('keys are read back, and nothing else is', () => {
  const id = '0197c1f0-0000-7000-8000-0000000000aa'
  expect(readFilmKey(movieFilmKey(id))).toEqual({ movieId: id })
  expect(readFilmKey(titleFilmKey('Leo (2D)', 'te'))).toEqual({ titleKey: 'leo', language: 'telugu' })
  expect(readFilmKey(titleFilmKey('Leo', null))).toEqual({ titleKey: 'leo', language: null })
  for (const odd of ['', 'leo', 'movie:1', 'title:|telugu', 'title:a|b|c']) expect(readFilmKey(odd)).toBeNull()
})

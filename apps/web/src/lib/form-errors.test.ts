import { expect, test } from 'vitest'
import { asSentence } from './form-errors.ts'

test.each([
  ['use at least 8 characters', 'Use at least 8 characters.'],
  ['This address has an account already. Sign in instead.', 'This address has an account already. Sign in instead.'],
  [undefined, undefined],
])('%s', (message, sentence) => {
  expect(asSentence(message)).toBe(sentence)
})

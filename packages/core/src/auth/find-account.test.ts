import { expect, test } from 'vitest'
import { foldIdentifier } from './find-account.ts'

test.each([
  [' Asha@Example.COM ', 'email', 'asha@example.com'],
  ['+91 98765 43210', 'phone', '+919876543210'],
  ['+91 (98765)-43210', 'phone', '+919876543210'],
  ['Asha_R', 'username', 'asha_r'],
  ['9876543210', 'username', '9876543210'],
  ['+nobody', 'username', '+nobody'],
] as const)('%s is the %s %s', (given, field, value) => {
  expect(foldIdentifier(given)).toEqual({ field, value })
})

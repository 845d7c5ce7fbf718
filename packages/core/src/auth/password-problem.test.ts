import { expect, test } from 'vitest'
import { DEMO_ACCOUNTS } from '../demo/accounts.ts'
import { COMMON_PASSWORDS, COMMON_ROOTS } from './common-passwords.ts'
import { passwordProblem } from './password-problem.ts'

const each = (list: string) => list.split(/,? *\n *|, /)

const ASHA = { email: 'asha.k@example.com', name: 'Asha Kumari', username: 'filmfan', phone: '+919876543210' }

test('the list is a list of hundreds, in the form it is looked up in', () => {
  expect(COMMON_ROOTS.size).toBeGreaterThan(400)
  expect([...COMMON_ROOTS].filter((root) => !/^[a-z]+$/.test(root))).toEqual([])
  expect([...COMMON_PASSWORDS].filter((one) => one.length < 8 || one !== one.toLowerCase())).toEqual([])
})

test.each(
  each(`password, PassWord1, P@ssw0rd!, pa$$word99, welcome@2024, !!letmein!!, iloveyou123, jaishriram108
  qwerty12345, 1qaz2wsx3edc, a1b2c3d4, sachin1999, Marquee2026!, !@#$%^&*(), 1234567890, 27081994
  aaaaaaaaaa, abababab, xyzxyzxyz, samosasamosa, abc1abc1abc1, abcdefgh, hgfedcba, 87654321, zyxwvuts99
  asdfghjkl;, poiuytre, abcd1234efgh`),
)('%s is one of the first anybody would try', (password) => {
  expect(passwordProblem(password, ASHA)).toContain('first anybody would try')
})

test.each(
  each(`Asha@Example.com, ashakumari, Kumari-1994, asha.kumari!, filmfan2026, asha9876543210
  asha.k@example.com`),
)('%s is made of her own name, address or number', (password) => {
  expect(passwordProblem(password, ASHA)).toContain('your own')
})

test.each(
  each(`two samosas please, foyer-lights-7, ashtray elephant, asha likes rain, Tr0ub4dor&3, vK9#mQ2xw!7
  नमस्ते दुनिया, 829461730582, correct horse, xkcd936abc!`),
)('%s is fine', (password) => {
  expect(passwordProblem(password, ASHA)).toBeNull()
})

test('nothing known of its owner, or one letter only, is no reason to refuse', () => {
  expect(passwordProblem('two samosas please', {})).toBeNull()
  expect(passwordProblem('two samosas please', { name: 'T', username: null, phone: null, email: null })).toBeNull()
})

test('the passwords of the demonstration would be taken', () => {
  for (const account of DEMO_ACCOUNTS) expect(passwordProblem(account.password, account)).toBeNull()
})

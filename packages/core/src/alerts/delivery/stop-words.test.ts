import { expect, test } from 'vitest'
import { meaningOf } from './stop-words.ts'

test.each([
  'stop',
  'STOP',
  ' Stop. ',
  '"stop!!"',
  'ＳＴＯＰ',
  's.t.o.p',
  'S T O P',
  'st\u200bop',
  '\nstop\r\n',
  '¡Stop!',
  'quit',
  'END',
  'revoke',
  'opt out',
  'Opt-Out',
  'optout',
  'OPT  OUT.',
  'cancel',
  'unsubscribe',
  'STOPALL',
  'Arrêt',
  'please stop',
  'Stop please!',
  'stop calling me',
  'Stop texting me, thank you',
  'pls cancel',
  'end now',
  "Don't call me again",
  'never text this number',
  'dont call me',
  'No more texts please',
  'Do not ever message me',
])('%j: nothing more', (text) => {
  expect(meaningOf(text)).toBe('stop')
})

test.each(['start', 'START.', 'unstop', 'Opt in', 'please start', 'S T A R T'])('%j: taken back', (text) => {
  expect(meaningOf(text)).toBe('start')
})

test.each([
  '',
  ' ',
  '...',
  'please',
  'ok',
  'thanks',
  '1',
  '9',
  "don't stop",
  'do not stop',
  'stopped',
  'nonstop',
  'restart',
  'the end was great',
  'when does it end?',
  'is the cancel button broken',
  'Full Stop Cinema',
  'a b',
  `${'well '.repeat(100)}stop`,
])('%j: neither', (text) => {
  expect(meaningOf(text)).toBe('other')
})

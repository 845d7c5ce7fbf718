import { expect, test } from 'vitest'
import { readStopWord } from './stop-words.ts'

test.each([
  ...['stop', 'STOP', ' Stop. ', '"stop!!"', 'ＳＴＯＰ', 's.t.o.p', 'S T O P', 'stop\u200b', '\nstop\r\n', '¡Stop!'],
  ...['quit', 'END', 'revoke', 'opt out', 'Opt-Out', 'optout', 'OPT  OUT.', 'cancel', 'unsubscribe', 'STOPALL'],
  ...['please stop', 'Stop please!', 'stop calling me', 'Stop texting me, thank you', 'pls cancel this', 'stop all'],
])('%j: nothing more', (text) => {
  expect(readStopWord(text)).toBe('stop')
})

test.each(['start', 'START.', 'unstop', 'Opt in', 'please start'])('%j: taken back', (text) => {
  expect(readStopWord(text)).toBe('start')
})

test.each([
  ...['', ' ', '...', 'please', 'ok', 'thanks', 'yes', '1', '9', "don't stop", 'do not stop', 'stopped', 'nonstop'],
  ...['the end was great', 'when does it end?', 'is the cancel button broken', 'Full Stop Cinema', 'restart'],
  `stop${' please'.repeat(60)}`,
])('%j: neither', (text) => {
  expect(readStopWord(text)).toBeNull()
})

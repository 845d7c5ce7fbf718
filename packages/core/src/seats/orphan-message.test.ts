import { expect, test } from 'vitest'
import { orphanMessage } from './orphan-message.ts'

test.each([
  [1, ['G1'], 'This seat cannot be sold like this: G1 would be left alone.'],
  [2, ['G1'], 'These seats cannot be sold like this: G1 would be left alone.'],
  [2, ['G1', 'G4'], 'These seats cannot be sold like this: G1 and G4 would each be left alone.'],
  [4, ['A1', 'A4', 'B9'], 'These seats cannot be sold like this: A1, A4 and B9 would each be left alone.'],
])('%i chosen, %j left over', (chosen, stranded, message) => {
  expect(orphanMessage(chosen, stranded)).toBe(message)
})

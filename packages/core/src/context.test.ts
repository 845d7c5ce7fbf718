import { afterEach, expect, test } from 'vitest'
import { createLogger } from './context.ts'

const { isTTY } = process.stdout
afterEach(() => {
  process.stdout.isTTY = isTTY
})

test.each([true, false])('there is a log, whether or not a person reads along (terminal: %s)', (terminal) => {
  process.stdout.isTTY = terminal
  expect(() => createLogger({ logLevel: 'silent' })).not.toThrow()
})

import { z } from 'zod'
import type { Ledger } from './ledger.ts'

/** Faults a test or a demonstration can turn on. Kept in the books, so a restart does not heal them. */
export const Switches = z.object({
  /** Every request is answered 503, and nothing is taken. */
  down: z.boolean(),
  /** What is asked for is taken and done, but its answer never comes. */
  loseAnswer: z.boolean(),
})
export type Switches = z.infer<typeof Switches>

export function readSwitches(ledger: Ledger): Switches {
  const on = ledger.all<{ name: string }>('SELECT name FROM switches WHERE value = 1').map(({ name }) => name)
  return { down: on.includes('down'), loseAnswer: on.includes('loseAnswer') }
}

export function setSwitches(ledger: Ledger, changes: Partial<Switches>): Switches {
  for (const [name, value] of Object.entries(changes))
    ledger.run('INSERT OR REPLACE INTO switches VALUES (?, ?)', name, Number(value))
  return readSwitches(ledger)
}

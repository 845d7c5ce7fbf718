import { z } from 'zod'
import type { Ledger } from './ledger.ts'

/** Faults a test or a demonstration can turn on. Kept in the books, so a restart does not heal them. */
export const Switches = z.object({
  /** Webhooks wait in the queue until this is off again. */
  webhooksMuted: z.boolean(),
  /** Every webhook is delivered this many times, at once. */
  webhookCopies: z.int().min(1).max(20),
  webhookDelayMs: z.int().min(0).max(3_600_000),
  /** Each waits so much longer at the most, so that they come in any order. */
  webhookJitterMs: z.int().min(0).max(3_600_000),
  /** The newest waiting one first, one after the other: the order that nobody expects. */
  webhooksReversed: z.boolean(),
  refundDelayMs: z.int().min(0).max(3_600_000),
  /** "Pay late" is captured after this long. */
  lateCaptureMs: z.int().min(0).max(86_400_000),
  /** That many coming API calls answer 500 and do nothing. */
  failCalls: z.int().min(0).max(1_000),
  /** That many coming API calls are carried out, but the answer is a 504: the caller cannot know. */
  loseAnswers: z.int().min(0).max(1_000),
  /** That many coming refunds are taken on, and then fail at the bank. */
  failRefunds: z.int().min(0).max(1_000),
  /** What the account may be paid by. */
  methodUpi: z.boolean(),
  methodCard: z.boolean(),
  methodNetbanking: z.boolean(),
  methodWallet: z.boolean(),
})
export type Switches = z.infer<typeof Switches>

const DEFAULTS: Switches = {
  webhooksMuted: false,
  webhookCopies: 1,
  webhookDelayMs: 0,
  webhookJitterMs: 0,
  webhooksReversed: false,
  refundDelayMs: 1_500,
  lateCaptureMs: 15_000,
  failCalls: 0,
  loseAnswers: 0,
  failRefunds: 0,
  methodUpi: true,
  methodCard: true,
  methodNetbanking: true,
  methodWallet: true,
}

export function readSwitches(ledger: Ledger): Switches {
  const stored = new Map(
    ledger.all<{ name: string; value: number }>('SELECT name, value FROM switches').map((row) => [row.name, row.value]),
  )
  const read = Object.entries(DEFAULTS).map(([name, usual]) => {
    const value = stored.get(name) ?? Number(usual)
    return [name, typeof usual === 'boolean' ? value === 1 : value]
  })
  return Switches.parse(Object.fromEntries(read))
}

export function setSwitches(ledger: Ledger, changes: Partial<Switches>): Switches {
  for (const [name, value] of Object.entries(changes)) {
    ledger.run(
      'INSERT INTO switches VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      name,
      Number(value),
    )
  }
  return readSwitches(ledger)
}

/** Uses up one of a counted fault. True: this call is the one that suffers. */
export const spend = (ledger: Ledger, fault: 'failCalls' | 'loseAnswers' | 'failRefunds') =>
  ledger.run('UPDATE switches SET value = value - 1 WHERE name = ? AND value > 0', fault) > 0

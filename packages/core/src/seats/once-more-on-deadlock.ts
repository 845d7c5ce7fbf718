/** How often a statement is tried that ended in a deadlock, or because another was faster after its look (hold_seats). */
const TRIES: Record<string, number> = { '40P01': 3, '40001': 4 }

/**
 * Asks again when Postgres ended a try to break a deadlock, or because another was faster. Everybody locks seats in
 * their order, so it takes an unlucky mixture of new and old claims; nothing of a try that ended is left. For single
 * statements only.
 */
export async function onceMoreOnDeadlock<T>(ask: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await ask()
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (tried >= (TRIES[code] ?? 1)) throw error
    }
  }
}

/**
 * Asks again, once, when Postgres ended the first try to break a deadlock. Everybody locks seats in their order, so it
 * takes an unlucky mixture of new and old claims; nothing of the first try is left. For single statements only.
 */
export async function onceMoreOnDeadlock<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '40P01')) throw error
    return ask()
  }
}

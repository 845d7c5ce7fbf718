type Question = { id: number; what: string; input: unknown }

/** The other end of child.ts: answers the questions of the process that started this one, and ends with it. */
export function answer(handlers: Record<string, (input: never) => unknown>): void {
  process.on('message', (message: Question) => {
    const { id, what, input } = message
    const handler = handlers[what] as ((input: unknown) => unknown) | undefined
    const run = async () => {
      if (!handler) throw new Error(`nobody answers "${what}"`)
      return await handler(input)
    }
    run().then(
      (value) => process.send?.({ id, value }),
      (error: unknown) =>
        process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.('ready')
}

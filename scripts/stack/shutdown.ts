/**
 * Resolves when this process is told to end: Ctrl-C, a signal, or the death of whoever started it. Repeats are
 * ignored: the terminal and the bootstrap both pass Ctrl-C on, and stopping is bounded in time anyway.
 */
export function toldToStop(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal))
    const parent = process.ppid
    setInterval(() => process.ppid !== parent && resolve('the launcher is gone'), 500).unref()
  })
}

/** Whoever asks wants to know now; a pool that is stuck answers never. */
const ASK_FOR_MS = 1_500

/** Whether a service answered in time. Never throws. */
export function answers(question: Promise<unknown>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), ASK_FOR_MS)
  question.then(
    () => resolve(true),
    () => resolve(false),
  )
  return promise.finally(() => clearTimeout(timer))
}

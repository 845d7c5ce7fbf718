/** The seats that would be stranded, in a sentence for the guest. */
export function orphanMessage(chosen: number, stranded: readonly string[]): string {
  const these = chosen === 1 ? 'This seat' : 'These seats'
  const last = stranded.at(-1) ?? ''
  const alone =
    stranded.length > 1
      ? `${stranded.slice(0, -1).join(', ')} and ${last} would each be left alone`
      : `${last} would be left alone`
  return `${these} cannot be sold like this: ${alone}.`
}

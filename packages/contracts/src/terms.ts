// What is said the same at checkout, on the booking, in the mail and on paper. Without zod: the web's pages read it.

export const AGE_ADVICE = 'Bring a photo ID: the A certificate and the UA age bands ask for proof of age.'

type Tier = { minutesBefore: number; percent: number }

/** What a theatre gives back unless it says otherwise. */
export const DEFAULT_TIERS: readonly Tier[] = [
  { minutesBefore: 120, percent: 75 },
  { minutesBefore: 20, percent: 50 },
]

/** How long before: 2 hours, 90 minutes, 3 days. */
export function timeBefore(minutes: number): string {
  const [count, unit] =
    minutes % 1_440 === 0 ? [minutes / 1_440, 'day'] : minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

const until = ({ minutesBefore }: Tier) =>
  minutesBefore === 0 ? 'until the film begins' : `up to ${timeBefore(minutesBefore)} before`

/**
 * A cancellation policy in words, one sentence a line. Tiers: longest time first; none means nothing comes back.
 * Percent is of the price of the seats after a discount; fee and tax stay, unless the cinema cancels.
 */
export function cancellationTerms(tiers: readonly Tier[]): string[] {
  const paying = tiers.filter((tier, i) => tier.percent > 0 && tier.percent !== tiers[i + 1]?.percent)
  const cinema = 'If the cinema cancels, everything you paid comes back by itself.'
  const first = paying[0]
  if (!first) return ['Not refundable once bought.', cinema]
  const steps = paying.map((tier) => `${until(tier)} ${tier.percent}\u00a0%`)
  const last = paying.at(-1)?.minutesBefore === 0 ? '' : ', later nothing'
  return [
    `Cancel ${until(first)}${first.minutesBefore > 0 ? ' the film' : ''} and ${first.percent}\u00a0% of the seat price comes back${steps
      .slice(1)
      .map((step) => `, ${step}`)
      .join('')}${last}.`,
    'The convenience fee and its GST are kept.',
    cinema,
  ]
}

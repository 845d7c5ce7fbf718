/** Integer minor units (paise). Rounds half up, as the invoice rules of Indian GST do for paise. */
export const percentOf = (amountMinor: number, percent: number) => Math.floor((amountMinor * percent) / 100 + 0.5)

/** ₹749.56; whole rupees without paise. */
export function formatMinor(amountMinor: number, currency = 'INR'): string {
  const whole = amountMinor % 100 === 0
  return new Intl.NumberFormat('en-IN', { style: 'currency', currency, minimumFractionDigits: whole ? 0 : 2 }).format(
    amountMinor / 100,
  )
}

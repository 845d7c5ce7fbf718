/** Codes to try, named in the README and at the start. They exist only where the demo catalogue was loaded. */
export const DEMO_PROMOS = [
  {
    code: 'FIRSTSHOW',
    description: '20 % off your seats, up to ₹100',
    kind: 'PERCENT',
    percent: 20,
    amountMinor: null,
    capMinor: 10_000,
    minBaseMinor: 0,
  },
  {
    code: 'CITYLIGHTS',
    description: '₹75 off when the seats come to ₹400 or more',
    kind: 'FLAT',
    percent: null,
    amountMinor: 7_500,
    capMinor: null,
    minBaseMinor: 40_000,
  },
] as const

export const DEMO_VOUCHER = { code: 'DEMO-GIFT-CARD-CITY-5000', amountMinor: 500_000 }

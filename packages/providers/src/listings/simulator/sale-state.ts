import type { Act } from './site-types.ts'

export type SaleState = {
  onSale: boolean
  soldOut: boolean
  removed: boolean
  dates: string[]
  /** Epoch milliseconds; null: nothing was said, or it is on sale already. */
  announcedFor: number | null
  /** When the sale that runs began. */
  openedAt: number | null
}

/** Plays the acts of one film in one city up to `at` (epoch milliseconds). They must be in order. */
export function saleStateAt(acts: readonly Act[], at: number): SaleState {
  const state: SaleState = {
    onSale: false,
    soldOut: false,
    removed: false,
    dates: [],
    announcedFor: null,
    openedAt: null,
  }
  for (const act of acts) {
    if (act.at > at) break
    switch (act.kind) {
      case 'open':
        if (!state.onSale) state.openedAt = act.at
        Object.assign(state, { onSale: true, soldOut: false, announcedFor: null })
        state.dates = merge(state.dates, act.dates)
        break
      case 'add-dates':
        state.dates = merge(state.dates, act.dates)
        break
      case 'announce':
        if (!state.onSale) state.announcedFor = act.opensAt
        break
      case 'sell-out':
        state.soldOut = true
        break
      case 'reopen':
        state.soldOut = false
        break
      case 'close':
        Object.assign(state, { onSale: false, soldOut: false, openedAt: null, announcedFor: null, dates: [] })
        break
      case 'remove':
        state.removed = true
        break
      default:
    }
  }
  return state
}

const merge = (dates: string[], more: string[]) => [...new Set([...dates, ...more])].sort()

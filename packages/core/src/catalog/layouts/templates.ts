import type { SeatLayoutDefinition } from '@marquee/contracts/seats'
import { classic216 } from './classic-216.ts'
import { court134 } from './court-134.ts'
import { grand1100 } from './grand-1100.ts'
import { studio64 } from './studio-64.ts'

/** Halls to start a screen from. A template is copied into the screen's own layout: changing one changes no hall. */
export const LAYOUT_TEMPLATES = {
  'classic-216': { build: classic216, basePriceMinor: { premium: 35_000, regular: 25_000 } },
  'court-134': { build: court134, basePriceMinor: { silver: 18_000, gold: 24_000, platinum: 32_000 } },
  'studio-64': { build: studio64, basePriceMinor: { stalls: 30_000, recliner: 48_000, couple: 45_000 } },
  'grand-1100': {
    build: grand1100,
    basePriceMinor: { stalls: 15_000, royal: 25_000, circle: 32_000, balcony: 20_000 },
  },
} as const satisfies Record<string, { build: () => SeatLayoutDefinition; basePriceMinor: Record<string, number> }>

export type LayoutTemplateName = keyof typeof LAYOUT_TEMPLATES

import { LAYOUT_TEMPLATES } from '../catalog/layouts/templates.ts'

const FORMAT_SURCHARGE: Record<string, number> = { '3D': 3_000, 'Dolby Atmos': 2_000, IMAX: 12_000 }
const BASE: Record<string, number> = Object.assign(
  {},
  ...Object.values(LAYOUT_TEMPLATES).map((one) => one.basePriceMinor),
)

/** Minor units by section: cheaper before noon on weekdays, dearer on weekend evenings, in whole tens of rupees. */
export function sectionPrices(
  sections: string[],
  slot: { weekend: boolean; startMinute: number; format: string; fallbackMinor: number },
): Record<string, number> {
  const evening = slot.startMinute >= 17 * 60 && slot.startMinute < 22 * 60 + 30
  const factor = slot.startMinute < 12 * 60 && !slot.weekend ? 0.8 : slot.weekend && evening ? 1.15 : 1
  return Object.fromEntries(
    sections.map((section) => [
      section,
      Math.round(((BASE[section] ?? slot.fallbackMinor) * factor) / 1_000) * 1_000 +
        (FORMAT_SURCHARGE[slot.format] ?? 0),
    ]),
  )
}

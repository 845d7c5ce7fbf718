import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]
const SCHEMES = ['dark', 'light'] as const
// Colours that are still fading are nobody's colours.
export const STILL = { reducedMotion: 'reduce' } as const

/** Nothing that keeps somebody out, in both themes, on both sizes. @returns what was found, in words */
export async function barriers(page: Page, name: string): Promise<string[]> {
  const found: string[] = []
  for (const size of SIZES) {
    await page.setViewportSize(size)
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, ...STILL })
      await painted(page)
      // Legacy mode works in the page itself; the other opens a blank one for each of some seventy looks.
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude('iframe[sandbox]').analyze()
      for (const { id, impact, nodes } of violations)
        if (impact === 'serious' || impact === 'critical')
          found.push(
            `${name}, ${colorScheme}, ${size.width}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(' and ')}`,
          )
    }
  }
  return found
}

/** With less motion colours still pass through a frame for each level of the page; read before, they are half of each. */
const painted = (page: Page) =>
  page.evaluate(async () => {
    for (let quiet = 0; quiet < 3; quiet++) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      if (document.getAnimations().length > 0) quiet = -1
    }
  })

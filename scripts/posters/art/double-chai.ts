import { type Art, clip, credits, ellipse, ground, group, line, native, path, rect, stroke, times, W } from '../draw.ts'

/** Type doubled like the order, over two glasses that share one pavement. */
export const draw: Art = (film) => {
  const [yellow, navy, brick, milk] = ['#F4B63F', '#1D2A4D', '#C2452D', '#FBEBCB']
  const glass = (x: number, tea: string, level: number) => {
    const shape = `M${x} 540H${x + 230}L${x + 200} 812H${x + 30}Z`
    return (
      path(shape, milk) +
      clip(
        path(shape, '#fff'),
        rect(x, level, 240, 400, tea) + times(7, (i) => rect(x + 18 + i * 30, 540, 7, 300, '#fff', { opacity: 0.16 })),
      )
    )
  }
  const steam = (x: number, flip: number, colour: string) =>
    stroke(`M${x} 530c${40 * flip} -26 ${-36 * flip} -50 ${6 * flip} -84`, colour, 11)
  return [
    ground(yellow),
    line('DOUBLE', 34, 222, { width: 572 }, { fill: navy, spacing: -0.02 }),
    line('CHAI', 48, 424, { width: 560, most: 236 }, { fill: brick, spacing: -0.02 }),
    line('CHAI', 34, 410, { width: 560, most: 236 }, { fill: navy, spacing: -0.02 }),
    steam(420, 1, milk),
    steam(500, -1, milk),
    rect(0, 806, W, 154, navy),
    glass(62, brick, 600),
    glass(328, '#7A3A1D', 582),
    group([ellipse(177, 600, 109, 9, '#E06B4F'), ellipse(443, 582, 110, 9, '#9A5330')]),
    native(film, 34, 868, 44, { fill: yellow, weight: 700 }),
    credits(film, 34, 908, { fill: milk, size: 14 }),
  ].join('')
}

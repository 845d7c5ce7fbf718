import { type Art, circle, clip, credits, dice, ground, native, path, rect, stack, stroke, times, W } from '../draw.ts'

/** Horizon: a sun going under, a lighthouse in front of it, rain over all. */
export const draw: Art = (film) => {
  const [night, coral, cream, ember] = ['#231833', '#D9583B', '#F0D3A8', '#8C2F3C']
  const next = dice(3)
  const sea = times(15, (i) => rect(0, 470 + i * i * 1.25 + i * 7, W, 4 + i * 1.5, night))
  const rain = times(70, () => {
    const [x, y, length] = [next() * 760 - 60, next() * 620, 24 + next() * 60]
    return stroke(`M${x} ${y}l${-length * 0.28} ${length}`, cream, 1.6, { opacity: 0.12 + next() * 0.28 })
  })
  return [
    ground(night),
    path('M320 312L-20 150V250Z', cream, { opacity: 0.16 }),
    path('M320 312L660 190V240Z', cream, { opacity: 0.1 }),
    circle(320, 420, 232, coral),
    clip(circle(320, 420, 232, '#fff'), rect(0, 560, W, 200, ember, { opacity: 0.55 })),
    sea,
    path('M170 486Q235 436 300 446L306 330H334L340 446Q415 440 470 486Z', night),
    rect(300, 318, 40, 12, night),
    rect(309, 296, 22, 24, cream),
    path('M303 296H337L320 274Z', night),
    rain,
    native(film, 320, 700, 34, { fill: coral, anchor: 'middle' }),
    stack(
      ['THE LAST', 'MONSOON'],
      { x: 320, y: 884, width: 356, gap: 11, from: 'foot' },
      { fill: cream, anchor: 'middle' },
    ),
    credits(film, 320, 916, { fill: cream, anchor: 'middle', size: 13 }),
  ].join('')
}

import { type Art, circle, credits, dice, ellipse, ground, line, path, stroke, times, W } from '../draw.ts'

/** Nine bodies in single file across one curve of the Earth. */
export const draw: Art = (film) => {
  const [black, deep, ice, amber] = ['#05131C', '#0D2A38', '#CFEAEA', '#FF9D42']
  const next = dice(90)
  const bodies = times(9, (i) => {
    const t = i / 8
    const [x, y, r] = [596 - t * 470 - Math.sin(t * 3.1) * 40, 84 + t ** 1.35 * 470, 9 + t ** 1.9 * 118]
    return circle(x, y, r + 4, i === 8 ? amber : ice) + circle(x + r * 0.16 + 4, y + r * 0.12 + 3, r, black)
  })
  return [
    ground(black),
    times(130, () => circle(next() * W, next() * 700, 0.7 + next() * 1.6, ice, { opacity: 0.2 + next() * 0.6 })),
    times(5, (i) =>
      ellipse(220, 560, 330 + i * 84, 150 + i * 62, 'none', {
        stroke: deep,
        'stroke-width': 3,
        transform: 'rotate(-46 220 560)',
      }),
    ),
    bodies,
    circle(420, 1360, 640, '#0F4A63'),
    circle(420, 1372, 640, deep),
    path('M540 590l26 9l-26 9l-6 -9Z', amber),
    stroke('M534 599H450', amber, 2, { opacity: 0.6 }),
    line('ORBIT', 34, 806, { width: 572 }, { fill: ice, weight: 300, stretch: 100, spacing: 0.01 }),

    line('NINE', 38, 868, 54, { fill: amber, weight: 700, stretch: 100, spacing: 2.6 }),
    credits(film, 34, 914, { fill: ice, size: 13 }),
  ].join('')
}

import { type Art, circle, credits, dice, ground, group, native, path, polar, rect, stack, times, W } from '../draw.ts'

/** A clock whose hands are the roads home. */
export const draw: Art = (film) => {
  const [night, glow, deep, rose, road] = ['#16204A', '#FFD98A', '#0C1230', '#E8748A', '#37458C']
  const next = dice(7)
  const [cx, cy] = [320, 360]
  const lights = times(23, (ring) =>
    times(26 + ring * 3, (i) => {
      const [x, y] = polar(cx, cy, 288 + ring * 19, (i * 360) / (26 + ring * 3) + ring * 5)
      if (next() < 0.42 || x < -10 || x > 650 || y > 900) return ''
      return rect(x, y, 7, 10, next() < 0.16 ? rose : glow, {
        opacity: 0.3 + next() * 0.7,
        transform: `rotate(${Math.round(next() * 90)} ${x} ${y})`,
      })
    }),
  )
  const hand = (turn: number, length: number, wide: number) =>
    group(
      [
        rect(-wide / 2, -length, wide, length, road),
        times(Math.floor(length / 34), (i) => rect(-2.5, -length + i * 34 + 8, 5, 18, glow)),
      ],
      { transform: `translate(${cx} ${cy}) rotate(${turn})` },
    )
  return [
    ground(deep),
    lights,
    circle(cx, cy, 266, night),
    times(60, (i) => (i % 5 ? circle(...polar(cx, cy, 244, i * 6), 2, glow, { opacity: 0.6 }) : '')),
    times(12, (i) => circle(...polar(cx, cy, 240, i * 30), i % 3 === 0 ? 11 : 6, glow)),
    hand(150, 800, 74),
    hand(38, 208, 50),
    circle(cx, cy, 44, road),
    circle(cx, cy, 13, rose),
    group(
      [
        path('M-20 -44L-70 -230H70L20 -44Z', glow, { opacity: 0.28 }),
        rect(-25, -46, 50, 94, '#0a0a12', { rx: 13 }),
        rect(-21, -22, 42, 46, '#F5B82E', { rx: 7 }),
        circle(-15, -40, 5, glow),
        circle(15, -40, 5, glow),
        rect(-12, -4, 24, 10, '#0a0a12', { rx: 3 }),
      ],
      { transform: `translate(${cx + 108} ${cy + 212}) rotate(-29)` },
    ),
    path('M0 700H330L250 960H0Z', deep, { opacity: 0.86 }),
    stack(
      ['SMALL', 'HOURS'],
      { x: 34, y: 830, width: 300, gap: 10, from: 'foot', most: 150 },
      { fill: glow, weight: 700, stretch: 80, spacing: -0.02 },
    ),
    rect(0, 880, W, 80, deep),
    native(film, 34, 876, 34, { fill: rose }),
    credits(film, 34, 914, { fill: glow, size: 13 }),
  ].join('')
}

import {
  type Art,
  circle,
  clip,
  credits,
  ellipse,
  ground,
  group,
  line,
  native,
  path,
  rect,
  round,
  times,
  W,
} from '../draw.ts'

/** A drowned numeral and a pair of shoes. */
export const draw: Art = (film) => {
  const [deep, sea, pale, lamp] = ['#0E2233', '#16384C', '#DDE8E4', '#FF9E4A']
  const four = (fill: string) => line('4', 372, 548, 640, { fill, anchor: 'middle', weight: 700, stretch: 100 })
  return [
    ground(deep),
    circle(592, 60, 6, lamp),
    circle(592, 60, 22, lamp, { opacity: 0.18 }),
    clip(rect(0, 0, W, 470, '#fff'), four(pale)),
    rect(0, 470, W, 490, sea),
    times(16, (i) =>
      clip(
        rect(0, 474 + i * 15, W, 15 - i * 0.75, '#fff'),
        group(four(pale), {
          transform: `translate(${round(Math.sin(i * 1.7) * (6 + i * 2.2))} 0) matrix(1 0 0 -0.55 0 728)`,
          opacity: round(0.75 - i * 0.045),
        }),
      ),
    ),
    path('M0 740Q160 716 330 742T640 730V960H0Z', '#C9A877'),
    path('M0 740Q160 716 330 742T640 730V744Q480 764 330 756T0 756Z', pale),
    group(
      [
        path('M0 0q4 -26 22 -26q16 0 20 16l6 30q2 18 -20 18q-22 0 -24 -18Z', '#1b1512'),
        path('M62 0q4 -26 22 -26q16 0 20 16l4 30q2 18 -20 18q-22 0 -24 -18Z', '#1b1512'),
        ellipse(24, -8, 11, 8, '#4a3524'),
        ellipse(85, -8, 11, 8, '#4a3524'),
      ],
      { transform: 'translate(500 800)' },
    ),
    line('MARINA,', 32, 122, { width: 300 }, { fill: pale, spacing: -0.01 }),
    line('a.m.', 554, 452, 42, { fill: lamp, weight: 600, stretch: 88 }),
    native(film, 34, 842, { width: 370, most: 36 }, { fill: deep, weight: 700 }),
    credits(film, 34, 896, { fill: deep, size: 13 }),
  ].join('')
}

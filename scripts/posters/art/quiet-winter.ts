import {
  type Art,
  circle,
  credits,
  dice,
  ground,
  group,
  line,
  native,
  path,
  polygon,
  rect,
  stroke,
  times,
  W,
} from '../draw.ts'

/** Almost nothing: snow, two roofs, one red letter between them. */
export const draw: Art = (film) => {
  const [snow, ink, red, shade] = ['#DCE6EA', '#2B3A4A', '#D2302B', '#C3D2D9']
  const next = dice(41)
  const house = (x: number, y: number, s: number) =>
    path(
      polygon([
        [x - s, y],
        [x, y - s * 0.8],
        [x + s, y],
      ]),
      ink,
    ) +
    rect(x - s * 0.72, y, s * 1.44, s * 0.7, ink) +
    rect(x - s * 0.14, y + s * 0.18, s * 0.28, s * 0.52, '#F5C36A')
  return [
    ground(snow),
    path('M0 560L140 430L206 486L330 340L450 470L520 410L640 520V960H0Z', '#EEF4F6'),
    path('M330 340L450 470L400 462L360 500L330 440L290 470L262 420Z', shade),
    path('M140 430L206 486L176 500L140 470L110 480L100 467Z', shade),
    path('M0 640Q180 560 330 620T640 590V960H0Z', '#F7FAFB'),
    path('M0 760Q240 660 640 780V960H0Z', '#fff'),
    house(78, 640, 28),
    house(560, 632, 22),
    stroke('M100 628Q320 380 542 618', ink, 2.4, { 'stroke-dasharray': '1 11' }),
    group(rect(-24, -16, 48, 32, red) + stroke('M-24 -16L0 4L24 -16', snow, 2.5), {
      transform: 'translate(318 498) rotate(-12)',
    }),
    times(120, () => circle(next() * W, next() * 960, 1 + next() * 3.2, '#fff', { opacity: 0.9 })),
    line('Quiet', 40, 160, 132, { fill: ink, weight: 300, stretch: 100, spacing: -0.04 }),
    line('Winter', 40, 284, 132, { fill: ink, weight: 300, stretch: 100, spacing: -0.04 }),
    native(film, 44, 860, 34, { fill: red }),
    credits(film, 44, 904, { fill: ink, size: 14 }),
  ].join('')
}

import { type Art, circle, credits, ground, group, H, line, native, path, rect, stroke, times, W } from '../draw.ts'

/** A letter with a stamp, and the parrot it does not mention. */
export const draw: Art = (film) => {
  const [paper, ink, green, red, rule] = ['#F3EDE0', '#1F3A6E', '#3DA35D', '#D8432F', '#B9C6DA']
  return [
    ground(paper),
    times(17, (i) => rect(0, 100 + i * 50, W, 2, rule)),
    rect(96, 0, 3, H, '#E7A79B'),
    group(
      [
        rect(-8, -8, 164, 194, '#fff'),
        times(11, (i) => circle(-8 + i * 16.4, -8, 5, paper) + circle(-8 + i * 16.4, 186, 5, paper)),
        times(13, (i) => circle(-8, -8 + i * 16.2, 5, paper) + circle(156, -8 + i * 16.2, 5, paper)),
        rect(8, 8, 132, 162, red),
        path('M30 150V84L74 46L118 84V150Z', paper),
        rect(62, 106, 24, 44, ink),
        rect(42, 92, 16, 18, '#F5C36A'),
        rect(90, 92, 16, 18, ink),
      ],
      { transform: 'translate(446 52) rotate(5)' },
    ),
    stroke('M392 96a74 74 0 1 0 110 90M372 120c40 -14 80 14 120 -2M372 146c40 -14 80 14 120 -2', ink, 4, {
      opacity: 0.6,
    }),
    line('Dear', 118, 392, 176, { fill: ink, weight: 700, stretch: 85, spacing: -0.04 }),
    line('Landlord,', 118, 544, { width: 498 }, { fill: ink, weight: 700, stretch: 80, spacing: -0.04 }),
    line('my wife sends her regards.', 122, 640, { width: 440 }, { fill: ink, weight: 300, stretch: 100 }),
    stroke('M122 652H278', red, 5),
    line('There is no parrot.', 122, 694, { width: 310 }, { fill: ink, weight: 300, stretch: 100 }),
    group(
      [
        path('M0 0C-70 10 -96 90 -60 164C-40 210 -24 240 -20 290L12 292C30 220 70 170 66 96C62 30 40 -4 0 0Z', green),
        path('M-20 290L-34 190L-6 210L12 292Z', '#2A7C46'),
        path('M-60 164C-84 96 -40 52 -10 92C10 130 -8 190 -26 230Z', '#2A7C46'),
        circle(22, 44, 17, paper),
        circle(26, 44, 8, '#111'),
        path('M58 44C98 48 92 96 66 100C70 84 62 70 50 66Z', red),
        stroke('M-40 196q-20 8 -24 22M-4 214q-14 8 -14 20', '#7a4a1a', 6),
      ],
      { transform: 'translate(560 660)' },
    ),
    native(film, 122, 842, { width: 370, most: 36 }, { fill: red, weight: 600 }),
    credits(film, 122, 892, { fill: ink, size: 13, lead: 'Yours,', width: 370 }),
  ].join('')
}

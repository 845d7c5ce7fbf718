import { type Art, circle, credits, ellipse, ground, group, line, path, rect, stroke, times, W } from '../draw.ts'

/** Letters, breakfast and a piano, on their way up. */
export const draw: Art = (film) => {
  const [coral, cream, navy, sun, mint] = ['#FF7A59', '#FFF3DC', '#23285C', '#FFD23F', '#5CC9A7']
  const letters: [string, number, number, number, number, string][] = [
    ['G', 40, 250, -14, 200, cream],
    ['R', 196, 190, 10, 190, sun],
    ['A', 330, 268, -6, 210, cream],
    ['V', 470, 226, 14, 190, navy],
    ['I', 92, 420, 16, 190, navy],
    ['T', 206, 452, -10, 200, cream],
    ['Y', 366, 438, 12, 210, navy],
  ]
  const house = (x: number, w: number, h: number, colour: string) =>
    rect(x, 900 - h, w, h, colour) +
    path(`M${x - 8} ${900 - h}L${x + w / 2} ${870 - h - w * 0.3}L${x + w + 8} ${900 - h}Z`, navy) +
    rect(x + w / 2 - 10, 860, 20, 40, navy)
  return [
    ground(coral),
    circle(566, 90, 130, '#FF9478'),
    circle(566, 90, 64, cream),
    circle(548, 76, 8, coral),
    circle(582, 100, 12, coral),
    letters
      .map(([letter, x, y, turn, size, colour]) =>
        line(letter, x, y, size, {
          fill: colour,
          weight: 800,
          stretch: 100,
          transform: `rotate(${turn} ${x + 60} ${y - 60})`,
        }),
      )
      .join(''),
    group(
      [
        path('M0 0H120Q126 30 100 52H150V96H0Z', navy),
        rect(6, 62, 140, 14, cream),
        times(9, (i) => rect(16 + i * 15, 62, 6, 8, navy)),
        rect(8, 96, 9, 30, navy),
        rect(132, 96, 9, 30, navy),
      ],
      { transform: 'translate(462 446) rotate(22)' },
    ),
    group(
      [
        path('M-70 0Q-60 -56 0 -60Q60 -56 70 0Z', mint),
        path('M-44 -2l18 -34h26l18 34ZM26 -4l10 -30', '#3BA284'),
        path('M70 -6Q106 -26 110 0Q106 12 72 6Z', sun),
        circle(96, -8, 4, navy),
        rect(-54, 0, 26, 20, sun, { rx: 8 }),
        rect(26, 0, 26, 20, sun, { rx: 8 }),
      ],
      { transform: 'translate(300 640) rotate(-12) scale(1.25)' },
    ),
    group(
      [
        path('M0 0H64Q62 54 32 56Q2 54 0 0Z', cream),
        stroke('M64 10q28 2 20 22t-26 10', cream, 7),
        ellipse(32, 0, 32, 6, '#8a4a2a'),
      ],
      { transform: 'translate(84 560) rotate(-28)' },
    ),
    group([rect(0, 0, 60, 62, '#C77B3B', { rx: 14 }), rect(7, 8, 46, 46, '#F4CF8A', { rx: 9 })], {
      transform: 'translate(524 636) rotate(18)',
    }),
    circle(150, 690, 13, sun),
    circle(440, 700, 9, cream),
    line(
      'FOR BEGINNERS',
      40,
      790,
      { width: 560, most: 110 },
      { fill: cream, stretch: 90, weight: 800, spacing: -0.01 },
    ),
    house(40, 70, 44, sun),
    house(132, 54, 60, mint),
    house(470, 60, 38, cream),
    house(546, 60, 66, sun),
    rect(0, 898, W, 62, navy),
    circle(330, 858, 12, '#F2B28A'),
    path('M318 900L322 872Q330 866 338 872L342 900Z', '#D8403A'),
    stroke('M322 876L306 852M338 876L354 852', '#F2B28A', 5),
    credits(film, 320, 924, { fill: cream, anchor: 'middle', size: 12, lead: 'Directed by' }),
  ].join('')
}

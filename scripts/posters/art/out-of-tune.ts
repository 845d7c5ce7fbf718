import { type Art, circle, credits, ground, line, native, path, rect, stroke, times, W } from '../draw.ts'

/** Letters that will not stay on the stave, and the bell they came out of. */
export const draw: Art = (film) => {
  const [red, gold, dark, cream] = ['#C8252C', '#F3B23C', '#5E0D14', '#FFF0D2']
  const rows: [string, number, number][][] = [
    [
      ['O', 40, -10],
      ['U', 212, 8],
      ['T', 384, -5],
    ],
    [
      ['O', 96, 12],
      ['F', 262, -12],
    ],
    [
      ['T', 30, 6],
      ['U', 164, -14],
      ['N', 314, 9],
      ['E', 470, -6],
    ],
  ]
  const drift = [0, 34, -16, 26]
  return [
    ground(red),
    times(5, (i) => stroke(`M-20 ${86 + i * 26}C200 ${30 + i * 42} 300 ${330 + i * 30} 660 ${150 + i * 74}`, dark, 5)),
    circle(470, 800, 330, gold),
    circle(470, 800, 296, '#D98F25'),
    circle(470, 800, 250, gold),
    circle(470, 800, 196, '#B8701A'),
    circle(470, 800, 130, dark),
    path('M250 560A330 330 0 0 1 470 470', 'none', { stroke: cream, 'stroke-width': 9, 'stroke-linecap': 'round' }),
    rows
      .map((row, r) =>
        row
          .map(([letter, x, turn], i) =>
            line(letter, x, 186 + r * 178 + drift[i]!, r === 1 ? 170 : 226, {
              fill: r === 1 ? gold : cream,
              transform: `rotate(${turn} ${x + 70} ${120 + r * 178})`,
            }),
          )
          .join(''),
      )
      .join(''),
    native(film, 34, 690, 52, { fill: gold, weight: 800 }),
    rect(0, 880, W, 80, dark),
    credits(film, 34, 914, { fill: cream, size: 14 }),
  ].join('')
}

import { type Art, circle, ground, group, line, native, path, rect, times } from '../draw.ts'

/** The seats of a bus from above; every pair of eyes is open, and one seat should be empty. */
export const draw: Art = (film) => {
  const [night, seat, red, eye] = ['#0D1A20', '#24424B', '#E2483B', '#E9F0DC']
  const place = (x: number, y: number, extra: boolean) =>
    rect(x, y, 62, 58, extra ? red : seat, { rx: 15 }) +
    rect(x - 4, y + 18, 9, 36, extra ? '#8f2018' : '#18303A', { rx: 4 }) +
    rect(x + 57, y + 18, 9, 36, extra ? '#8f2018' : '#18303A', { rx: 4 }) +
    (extra ? '' : circle(x + 22, y + 24, 5.5, eye) + circle(x + 40, y + 24, 5.5, eye))
  return [
    ground(night),
    path('M262 60L80 -80H560L602 60Z', '#F2D98B', { opacity: 0.12 }),
    rect(236, 44, 372, 880, '#16282F', { rx: 40 }),
    rect(236, 44, 372, 880, 'none', { rx: 40, stroke: '#2F5560', 'stroke-width': 4 }),
    rect(262, 66, 320, 44, '#0a1418', { rx: 16 }),
    circle(272, 52, 9, '#F7E3A1'),
    circle(572, 52, 9, '#F7E3A1'),
    times(9, (row) =>
      [262, 332, 442, 512].map((x, column) => place(x, 138 + row * 84, row === 3 && column === 1)).join(''),
    ),
    group(
      [
        line('NIGHT BUS', 0, 0, { width: 610, most: 140 }, { fill: eye, spacing: -0.01 }),
        line('TO KOCHI', 0, 92, { width: 330, most: 100 }, { fill: red, spacing: -0.01 }),
        native(film, 352, 76, { width: 258, most: 30 }, { fill: eye }),
      ],
      { transform: 'translate(124 700) rotate(-90)' },
    ),
    line('A FILM BY', 26, 784, 14, { fill: eye, weight: 500, stretch: 100, spacing: 0.1 }),
    [film.director, ...film.cast.map(([name]) => name)]
      .map((name, i) =>
        line(
          name.toUpperCase(),
          26,
          806 + i * 22 + (i ? 16 : 0),
          { width: 190, most: 15 },
          { fill: eye, weight: i ? 400 : 700, stretch: 100, spacing: 0.04 },
        ),
      )
      .join(''),
  ].join('')
}

import { type Art, circle, credits, ground, group, line, path, rect, times, W } from '../draw.ts'

/** A hotel with its front taken off: eighteen rooms, one dark. */
export const draw: Art = (film) => {
  const [pink, wine, cream, teal, gold, black] = ['#F0B7B0', '#6B1B34', '#FFF2E2', '#2E7F86', '#E7A93B', '#160B10']
  const walls = ['#E58E87', '#F7D7A8', '#8CC3BE', '#D96C6C', '#F3C6B8', '#5FA3A3']
  const bed = rect(12, 66, 62, 14, cream) + rect(12, 54, 18, 16, cream) + rect(10, 44, 5, 40, wine)
  const lamp = rect(96, 50, 4, 34, wine) + path('M84 50L90 28H106L112 50Z', gold)
  const person = (colour: string) => circle(62, 34, 10, colour) + path('M46 84L52 48Q62 42 72 48L78 84Z', colour)
  const furniture = [
    bed + lamp,
    person(wine),
    rect(30, 62, 66, 6, wine) + rect(36, 66, 5, 20, wine) + rect(86, 66, 5, 20, wine) + circle(64, 54, 9, cream),
    person(teal) + lamp,
    bed,
    rect(44, 20, 46, 64, wine) + circle(82, 54, 3, gold),
  ]
  const rooms = times(6, (row) =>
    times(3, (column) => {
      const i = row * 3 + column
      const [x, y] = [88 + column * 158, 262 + row * 93]
      const dark = i === 10
      return group(
        [
          rect(0, 0, 148, 85, dark ? black : walls[(i * 5 + row) % 6]!),
          dark
            ? circle(66, 44, 3, cream) + circle(80, 44, 3, cream)
            : group(furniture[(i * 7 + row * 2) % 6]!, {
                transform: i % 2 ? 'translate(148 0) scale(-1 1)' : undefined,
              }),
        ],
        { transform: `translate(${x} ${y})` },
      )
    }),
  )
  return [
    ground(pink),
    circle(320, 250, 290, '#F5C9C1'),
    path('M60 256L110 186H530L580 256Z', wine),
    rect(68, 250, 504, 580, cream),
    rooms,
    rect(0, 826, W, 134, wine),
    line('ROOM SERVICE', 320, 120, { width: 480, most: 110 }, { fill: wine, anchor: 'middle', weight: 800 }),
    line('AT THE MERIDIAN', 320, 236, { width: 384, most: 60 }, { fill: gold, anchor: 'middle', weight: 700 }),
    rect(312, 136, 16, 50, wine),
    line(
      'EIGHTEEN ROOMS. SEVENTEEN BREAKFASTS.',
      320,
      868,
      { width: 540, most: 26 },
      { fill: gold, anchor: 'middle', weight: 600, stretch: 100 },
    ),
    credits(film, 320, 908, { fill: cream, anchor: 'middle', size: 14 }),
  ].join('')
}

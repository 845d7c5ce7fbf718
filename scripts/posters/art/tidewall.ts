import { type Art, circle, credits, ground, native, path, rect, stack, stroke, times, W } from '../draw.ts'

/** A cresting sea over a wall of its own name. */
export const draw: Art = (film) => {
  const [wall, navy, blue, foam, red] = ['#E4DCCB', '#0D2B45', '#1C5D8C', '#F7F6EE', '#D5482C']
  const wave = (i: number) => {
    const o = i * 30
    return `M${-60} ${120 + o}C160 ${-30 + o} 420 ${10 + o} 500 ${170 + o * 0.8}C540 ${270 + o * 0.5} 470 ${340 + o * 0.2} 400 ${320 + o * 0.15}C440 ${250 + o * 0.4} 380 ${190 + o * 0.6} 300 ${210 + o * 0.7}C190 ${240 + o * 0.7} 130 ${330 + o * 0.6} 110 480V960H-60Z`
  }
  return [
    ground('#F3C9A0'),
    circle(530, 110, 54, red),
    path(wave(0), foam),
    times(8, (i) => path(wave(i + 1), i % 3 === 2 ? foam : i % 2 ? blue : navy)),
    [
      [402, 322, 15],
      [430, 352, 9],
      [376, 344, 8],
      [458, 330, 6],
      [414, 384, 6],
      [350, 322, 6],
      [442, 300, 10],
    ]
      .map(([x, y, r]) => circle(x!, y!, r!, foam))
      .join(''),
    rect(0, 452, W, 508, wall),
    rect(0, 452, W, 12, '#C6BBA5'),
    times(4, (i) => rect(0, 560 + i * 106, W, 2, '#C6BBA5')),
    stack(
      ['TIDE', 'WALL'],
      { x: 28, y: 494, width: 584, gap: 16, most: 252 },
      { fill: navy, stretch: 100, spacing: -0.03 },
    ),
    stroke('M560 452l-16 60l22 44l-30 70l18 60l-26 84l14 66', red, 5),
    path('M70 452v-24q0 -10 9 -10t9 10v24Z', red),
    circle(79, 408, 8, red),
    native(film, 612, 902, 36, { fill: red, anchor: 'end', weight: 700 }),
    credits(film, 28, 908, { fill: navy, size: 13, width: 400 }),
  ].join('')
}

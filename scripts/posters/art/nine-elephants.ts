import { type Art, circle, credits, ground, group, line, native, path, round, stroke } from '../draw.ts'

/** Nine of them on one long road, the white one in front. */
export const draw: Art = (film) => {
  const [sand, dusk, plum, white, gold] = ['#D9A066', '#8B4A4F', '#3B2140', '#FFF6E3', '#F5C764']
  const elephant = (x: number, y: number, s: number, colour: string, flip = 1) =>
    group(
      [
        path(
          'M-70 0V-60C-76 -108 -44 -130 0 -128C30 -127 44 -120 60 -112C84 -128 122 -116 128 -80C132 -52 124 -40 122 -10C121 6 136 8 140 -2L148 2C146 22 112 26 108 -2C106 -26 108 -36 98 -40C88 -36 80 -36 74 -40L66 0H38V-34C20 -28 -10 -28 -30 -34L-36 0Z',
          colour,
        ),
        path('M58 -104C40 -96 38 -62 58 -50C76 -56 84 -86 58 -104Z', 'rgba(0,0,0,.22)'),
        path('M100 -40Q118 -30 138 -40Q120 -20 98 -32Z', colour === white ? gold : white),
        stroke('M-70 -84Q-88 -60 -80 -34', colour, 6),
      ],
      { transform: `translate(${x} ${y}) scale(${round(s * flip)} ${s})` },
    )
  return [
    ground('#F2C583'),
    circle(320, 236, 150, '#FBE2A8'),
    path('M0 250Q160 190 330 246T640 220V960H0Z', sand),
    path('M0 420Q220 330 420 400T640 380V960H0Z', '#C27B58'),
    path('M0 570Q200 500 400 560T640 530V960H0Z', dusk),
    path('M0 720Q260 640 640 712V960H0Z', plum),
    elephant(180, 232, 0.3, plum, -1),
    elephant(262, 232, 0.34, plum, -1),
    elephant(362, 246, 0.38, plum, -1),
    elephant(470, 242, 0.44, plum, -1),
    elephant(480, 402, 0.6, plum),
    elephant(320, 386, 0.66, plum),
    elephant(150, 386, 0.74, plum),
    elephant(180, 560, 1, plum, 1),
    elephant(396, 706, 1.46, white, 1),
    line('NINE', 30, 866, { width: 204 }, { fill: gold, stretch: 80 }),
    line('ELEPHANTS', 250, 866, { width: 360 }, { fill: white, stretch: 80 }),
    native(film, 34, 724, 32, { fill: gold, weight: 700 }),
    credits(film, 34, 910, { fill: white, size: 13 }),
  ].join('')
}
